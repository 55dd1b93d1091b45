import { defineConfig } from '@playwright/test';
import { chromiumFlags, chromiumPath } from '../chromium.mjs';

const executablePath = chromiumPath();

/** The whole job in a real Chromium, on the built site as `npm start` serves it. */
export default defineConfig({
  testDir: '.',
  outputDir: '../.output/e2e',
  fullyParallel: false,
  // One at a time: each test opens a database and a model, and small machines have two cores.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: 'http://127.0.0.1:4273/',
    viewport: { width: 1440, height: 900 },
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumFlags },
  },
  webServer: {
    command: 'npx vite preview --port 4273 --strictPort --no-open',
    cwd: '../..',
    url: 'http://127.0.0.1:4273/',
    reuseExistingServer: false,
  },
});
