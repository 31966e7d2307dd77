// What works before the program, without it and after it has broken: theme, start, updates, the last resort.
//
// The program may use:
//   window.hostingPlannerDraft            the plan as JSON text, kept current for the last resort
//   window.hostingPlanner.panic(message)  shows the last resort
//   window.hostingPlanner.update()        changes to a version that waits (event "planner-update" says so)
//   window.hostingPlanner.languages       what the page can be read in besides English: [{ code, name }]
//   window.hostingPlanner.language        the language it is read in, as in assets/texts; null for English
//   window.hostingPlanner.unread          the name of the language that was wanted and could not be read
//   window.hostingPlanner.speak(code)     reads another language, and the page is in it from then on
'use strict';
(() => {
  const root = document.documentElement;
  const element = (id) => document.getElementById(id);

  // Private windows may forbid storage.
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  // Theme: before the first paint, and again when the system changes and nothing was chosen.
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const applyTheme = () => {
    const chosen = stored('theme');
    root.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light';
  };
  applyTheme();
  dark.addEventListener('change', applyTheme);

  // Language: the chosen one, or the first of the browser's that is offered; read while the program loads.
  const planner = { languages: [], language: null, unread: null };
  const offered = [...document.querySelectorAll('meta[name="language"]')];
  planner.languages = offered.map(({ dataset: { code, name } }) => ({ code, name }));
  const t = (english) => planner.language?.texts[english] ?? english;
  const wanted = () => {
    const codes = ['en', ...planner.languages.map(({ code }) => code)];
    const chosen = stored('language');
    if (codes.includes(chosen)) return chosen;
    for (const one of navigator.languages ?? []) {
      const found = codes.find((code) => code === one) ?? codes.find((code) => code === one.split('-')[0]);
      if (found) return found;
    }
    return 'en';
  };
  const speak = async (code) => {
    const meta = offered.find(({ dataset }) => dataset.code === code);
    let language = null;
    if (meta) {
      const response = await fetch(new URL(meta.content, document.baseURI));
      if (!response.ok) throw new Error(`${meta.content}: ${response.status}`);
      language = await response.json();
    }
    planner.language = language;
    root.lang = language?.code ?? 'en';
    root.dir = language?.dir ?? 'ltr';
    translate();
    return language;
  };
  const language = (async () => {
    const code = wanted();
    if (code === 'en') return;
    root.dataset.language = 'coming';
    try {
      await speak(code);
    } catch (error) {
      console.warn(error);
      planner.unread = offered.find(({ dataset }) => dataset.code === code).dataset.name;
    }
  })();
  let ownTexts = [];
  const translate = () => {
    for (const one of ownTexts) {
      const label = one.getAttribute('aria-label');
      one.dataset.text ||= label ?? one.textContent;
      if (label) one.setAttribute('aria-label', t(one.dataset.text));
      else one.textContent = t(one.dataset.text);
    }
    delete root.dataset.language;
  };

  // The last resort: the plan as a file, without the program.
  let panicElement = null;
  const panic = (message) => {
    panicElement ??= element('panic');
    if (!panicElement) return;
    // The program replaces what the body held.
    if (!panicElement.isConnected) document.body.append(panicElement);
    const text = element('panic-message');
    // The first message is the cause; what follows are its consequences.
    if (!text.textContent) text.textContent = String(message);
    const download = element('panic-download');
    download.hidden = !draft();
    if (download.hidden) element('panic-text').textContent = t('Reload the page to go on.');
    panicElement.hidden = false;
    (download.hidden ? element('panic-reload') : download).focus();
  };
  const draft = () => window.hostingPlannerDraft ?? stored('hosting-planner.draft');
  const downloadDraft = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([draft()], { type: 'application/json' }));
    link.download = 'hosting-plan.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  // Start: fetch with progress, then run.
  const progress = (share) => {
    const bar = element('loading-progress');
    if (bar) bar.value = Math.min(1, share);
  };
  const say = (message) => {
    const line = element('loading-message');
    if (line) line.textContent = message;
  };
  const counted = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const total = Number(root.dataset.wasmBytes);
    if (!total || !response.body) return response;
    let loaded = 0;
    const counter = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        progress(loaded / total);
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(counter), { headers: { 'Content-Type': 'application/wasm' } });
  };
  const start = async () => {
    // The program is fetched meanwhile, and says its first word in the language.
    const spoken = language.then(translate);
    if (typeof WebAssembly !== 'object') {
      await spoken;
      say(t('This browser lacks WebAssembly, which computes everything here. Please try a current Firefox, Chrome, Edge or Safari.'));
      element('loading-progress')?.remove();
      return;
    }
    const slow = setTimeout(() => say(t('Still loading; the connection is slow …')), 8000);
    const program = document.querySelector('meta[name="program"]');
    try {
      const [module, bytes] = await Promise.all([
        import(new URL(program.content, document.baseURI).href),
        counted(program.dataset.wasm),
        spoken,
      ]);
      await module.default({ module_or_path: bytes });
      root.dataset.started = '';
    } catch (error) {
      console.error(error);
      element('loading-progress')?.remove();
      say(t('The planner could not be loaded. Check the connection and reload the page.'));
      if (!element('loading')) panic(error);
    } finally {
      clearTimeout(slow);
    }
  };

  // A trap in the program ends it; nothing on the page answers after that.
  addEventListener('error', (event) => {
    if (window.WebAssembly && event.error instanceof WebAssembly.RuntimeError) panic(event.message);
  });
  addEventListener('unhandledrejection', (event) => {
    if (window.WebAssembly && event.reason instanceof WebAssembly.RuntimeError) panic(event.reason);
  });

  // Offline and updates: published builds only, where the browser allows it.
  let waiting = null;
  const announce = (worker) => {
    if (!worker || !navigator.serviceWorker.controller) return;
    waiting = worker;
    dispatchEvent(new CustomEvent('planner-update'));
  };
  const register = async () => {
    if (!root.dataset.version || !('serviceWorker' in navigator) || !isSecureContext) return;
    try {
      const registration = await navigator.serviceWorker.register('./sw.js');
      if (!registration) return;
      announce(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const next = registration.installing;
        next?.addEventListener('statechange', () => next.state === 'installed' && announce(next));
      });
    } catch (error) {
      console.warn(error);
    }
  };
  const update = () => {
    if (!waiting) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('activate');
  };

  window.hostingPlanner = Object.assign(planner, { panic, update, speak });
  addEventListener('DOMContentLoaded', () => {
    panicElement = element('panic');
    ownTexts = [...document.querySelectorAll('[data-text]')];
    element('panic-download').addEventListener('click', downloadDraft);
    element('panic-reload').addEventListener('click', () => location.reload());
    start();
  });
  addEventListener('load', register);
})();
