/** Milliseconds that each way took for the same rows. */
export interface ImportTimes {
  /** One COPY into a table without an index, and one INSERT a row into the same. */
  readonly copy: number;
  readonly insert: number;
  /** The whole import: accounts, prospects, membership and report; and a plain loop of INSERTs for the same rows. */
  readonly whole: number;
  readonly loop: number;
}

declare global {
  interface Window {
    measure(rows: number): Promise<ImportTimes>;
  }
}

window.measure = (rows) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<ImportTimes>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(rows);
  });
