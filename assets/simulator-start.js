// Starts the simulator in a worker; the page names the program and its wasm in this file's address.
'use strict';
(() => {
  const names = new URL(location.href).searchParams;
  const address = (name) => new URL(names.get(name), location.href).href;
  // Thrown once more outside the promise, so that the page hears of it.
  const complain = (error) => setTimeout(() => { throw error; });
  import(address('program')).then((program) => program.default({ module_or_path: address('wasm') })).catch(complain);
})();
