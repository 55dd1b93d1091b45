import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Headings of a note stand below the cell's own name, an h2. */
const headingsDown = 2;

/**
 * Markdown as elements. HTML in the text is shown as text, and links with dangerous protocols lose their address
 * (micromark's defaults). Links open beside the notebook. Images from elsewhere become links, so that reading a note
 * asks nothing of any other machine.
 */
export function renderMarkdown(markdown: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  // The content of a template is inert: nothing in it is loaded while it is changed.
  const content = template.content;

  for (const image of content.querySelectorAll('img')) {
    const link = document.createElement('a');
    link.href = image.getAttribute('src') ?? '';
    link.textContent = image.alt || link.href;
    image.replaceWith(link);
  }
  for (const link of content.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    if (link.getAttribute('href')?.startsWith('#')) continue;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  for (const box of content.querySelectorAll('input[type="checkbox"]'))
    box.setAttribute('aria-label', box.parentElement?.textContent?.trim() || 'Task');
  for (const heading of content.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const level = Math.min(6, Number(heading.tagName.slice(1)) + headingsDown);
    const lower = document.createElement(`h${level}`);
    lower.dataset.level = heading.tagName.slice(1);
    lower.replaceChildren(...heading.childNodes);
    heading.replaceWith(lower);
  }
  for (const table of content.querySelectorAll('table')) {
    const frame = document.createElement('div');
    frame.dataset.table = '';
    table.replaceWith(frame);
    frame.append(table);
  }
  return content;
}
