// A plain static host without any header of ours, as free ones are: the site in a folder of a domain.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/// Serves the built site under `folder`. `change(name, content)` may return another content, or null for "not found".
export async function host({ folder = '/', change = (_, content) => content } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const name = pathname.startsWith(folder) ? normalize(pathname.slice(folder.length)) : '';
    const file = name === '.' || name === '' ? 'index.html' : name;
    const content = await readFile(join(process.env.SITE_FOLDER, file)).catch(() => null);
    const changed = pathname.startsWith(folder) && content ? change(file, content) : null;
    if (changed === null) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(changed);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}${folder}`,
    stop: () =>
      new Promise((stopped) => {
        server.close(stopped);
        server.closeAllConnections();
      }),
  };
}
