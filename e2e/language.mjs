// A made-up language, in which every letter of the page's own words carries a mark: whatever is still in plain letters
// was not kept as a text, or was not said.
import { readFile } from 'node:fs/promises';

const texts = JSON.parse(await readFile(new URL('../docs/generated/texts.json', import.meta.url), 'utf8'));

const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const MARKED = [...'ÄƁČĎĔƑĜĤĬĴĶĹḾŇŐƤǪŘŞŤŮṼŴẊŶŽäƀčďĕƒĝĥĭĵķĺḿňőƥǫřşťůṽŵẋŷž'];

/// A text in the made-up language: within brackets, every letter marked, its {names} as they were.
const marked = (text) =>
  `⟦${text.replace(/\{\w+\}|[A-Za-z]/g, (one) => (one.length > 1 ? one : MARKED[PLAIN.indexOf(one)]))}⟧`;

/// The language as a file of `assets/texts` has it.
export const language = {
  code: 'eo',
  name: 'Marked',
  texts: Object.fromEntries(
    Object.entries(texts).map(([text, { one }]) => [
      text,
      one === undefined ? marked(text) : { one: marked(one), other: marked(text) },
    ]),
  ),
};

/// Offers the language on the page, and lets its file be read while it is there.
export async function offer(context, isThere = () => true) {
  await context.route(
    (url) => url.pathname.endsWith('/') || url.pathname.endsWith('index.html'),
    async (route) => {
      const response = await route.fetch();
      const meta = `<meta name="language" content="./${language.code}.json" data-code="${language.code}" data-name="${language.name}">`;
      const page = (await response.text()).replace('<script src="./boot', `${meta}<script src="./boot`);
      await route.fulfill({ response, body: page });
    },
  );
  await context.route(`**/${language.code}.json`, (route) =>
    isThere() ? route.fulfill({ json: language }) : route.fulfill({ status: 404 }),
  );
}

/// What is the same in every language: units, keys, names of formats and of things that engineers call so everywhere.
const SAME = new Set(
  `ms s min h d KB MB GB TB KiB MiB GiB TiB Gbit Mbit kbit IOPS vCPU EUR USD GBP CSV JSON SVG PNG HTML Markdown Mermaid DOT
   Hosting Planner English ${language.name}`.split(/\s+/),
);

/// Collects what is shown or told in plain letters, with the place where: all that a person reads or hears.
export function watcher(page, names, allowed) {
  const offenders = new Map();
  const look = async (state) => {
    const found = await page.evaluate(
      ([names, allowed]) => {
        const places = [];
        const place = (element) => {
          const named = element.closest('[class]');
          const first = named?.getAttribute('class').split(' ').find(Boolean) ?? element.tagName;
          return `${element.tagName.toLowerCase()}.${first}`;
        };
        const plain = (text) => {
          let rest = text;
          for (const name of names) if (rest.includes(name)) rest = rest.replaceAll(name, ' ');
          return /[A-Za-z]{2,}/.test(rest) ? rest : null;
        };
        const report = (element, text, kind) => {
          if (!text || allowed.some((area) => element.closest(area))) return;
          const rest = plain(text.trim());
          if (rest) places.push([place(element) + kind, text.trim().replace(/\s+/g, ' '), rest]);
        };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node.nodeType === Node.TEXT_NODE) {
            const parent = node.parentElement;
            if (parent.closest('script, style, textarea, kbd, .menu__keys')) continue;
            // What only screen readers get has a place, what is not shown has none.
            if (parent.checkVisibility?.({ visibilityProperty: true }) ?? true) report(parent, node.data, '');
            continue;
          }
          for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-tooltip', 'aria-roledescription', 'aria-valuetext']) {
            if (node.hasAttribute(name) && (node.checkVisibility?.() ?? true)) report(node, node.getAttribute(name), `[${name}]`);
          }
        }
        return places;
      },
      [names, allowed],
    );
    for (const [where, text, rest] of found) {
      const words = rest.replace(/\.[a-z][a-z.]*\b/g, ' ').match(/[A-Za-z0-9]+/g)?.filter((word) => /^[A-Za-z]{2,}$/.test(word) && !SAME.has(word));
      if (!words?.length) continue;
      const key = `${where}: ${text.slice(0, 160)}`;
      if (!offenders.has(key)) offenders.set(key, `${state} · ${key}`);
    }
  };
  return { look, offenders: () => [...offenders.values()].sort() };
}

/// Names that somebody wrote: all strings of a plan.
export function namesOf(plan) {
  const names = new Set();
  const waiting = [plan];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') names.add(value);
    else if (value && typeof value === 'object') waiting.push(...Object.values(value), ...Object.keys(value).filter((key) => /[-_ ]/.test(key)));
  }
  return names;
}
