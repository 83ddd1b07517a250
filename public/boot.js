// Starts the page, and the workers that the page asks for. The same text stands in both builds:
// scripts/pack.mjs puts before it the page's glue (`wasm_bindgen`), the workers' glue as functions
// (`workerGlue`), and where the WebAssembly is (`readPacked`), so that nothing here is ever fetched.
(() => {
  "use strict";

  const showFailure = (detail) => {
    document.getElementById("boot-wait")?.remove();
    const block = document.getElementById("boot-failure");
    const text = document.getElementById("boot-failure-detail");
    if (!block || !text) return;
    text.textContent = detail === undefined ? "" : `Detail for whoever helps you: ${detail}`;
    block.hidden = false;
  };

  // Runs first inside a worker. It waits for its WebAssembly, which arrives as the first message,
  // and starts it; the Rust side then sets its own handler and says that it is ready.
  const startInsideWorker = () => {
    self.onmessage = async (event) => {
      self.onmessage = null;
      try {
        await wasm_bindgen({ module_or_path: event.data });
      } catch (error) {
        // Thrown outside of the promise, so that the page's `worker.onerror` hears of it.
        setTimeout(() => {
          throw error;
        });
      }
    };
  };

  const scripts = new Map();
  const scriptOf = (name) => {
    if (!scripts.has(name)) {
      if (!Object.hasOwn(workerGlue, name)) throw new Error(`This build has no worker called ${name}.`);
      const text = `const wasm_bindgen = (${workerGlue[name]})();\n(${startInsideWorker})();`;
      scripts.set(name, URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    }
    return scripts.get(name);
  };

  // A program is fetched, unpacked and compiled once; page and worker share it.
  const compiled = new Map();
  const compile = (program) => {
    if (!compiled.has(program)) {
      const module = (async () => WebAssembly.compile(await unpack(await readPacked(program))))();
      module.catch(() => compiled.delete(program));
      compiled.set(program, module);
    }
    return compiled.get(program);
  };

  // The worker that reads files, once started.
  let reader = null;
  // Returns a started worker at once; throws where the browser allows none. A worker started from
  // memory obeys this page's policy wherever the page is hosted, and also works from disk.
  const startWorker = (name) => {
    if (name === "checker") return startChecker();
    const worker = new Worker(scriptOf(name), { name });
    if (name === "worker") reader = worker;
    compile(programFor[name]).then(
      (module) => worker.postMessage(module),
      (error) => worker.dispatchEvent(new ErrorEvent("error", { message: String(error) })),
    );
    return worker;
  };

  // The program with every page, inside a worker: there it fetches and compiles itself, so that the
  // page goes on, and the page gets what was compiled, for when another page is opened.
  const startInsideChecker = async ([glue, packed], unpack) => {
    try {
      const wasm_bindgen = (await import(glue)).fullGlue();
      const module = await WebAssembly.compile(unpack((await import(packed)).default));
      self.postMessage(module);
      await wasm_bindgen({ module_or_path: module });
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  };
  const startChecker = () => {
    const text = `(${startInsideChecker})(${JSON.stringify(checkerParts)}, ${unpack})`;
    const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })), { name: "checker" });
    worker.addEventListener("message", ({ data }) => {
      if (data instanceof WebAssembly.Module && !compiled.has("full")) compiled.set("full", Promise.resolve(data));
    });
    return worker;
  };

  // The program with every page takes over from the one that started: first it is fetched, then,
  // once the first has let go of the document, started with what the first hands over.
  let handedOver = null;
  let fullGlue = null;
  const prepareFull = async () => {
    if (fullGlue === null) {
      await readFullStyle();
      fullGlue = await readFullGlue();
    }
    await compile("full");
  };
  // Its readers are workers of its own kind, which know every layout.
  const startFull = async (handover) => {
    handedOver = handover;
    reader?.terminate();
    workerGlue.worker = fullGlue;
    programFor.worker = "full";
    scripts.delete("worker");
    await fullGlue()({ module_or_path: await compile("full") });
  };
  const takeHandover = () => {
    const taken = handedOver;
    handedOver = null;
    return taken;
  };

  globalThis.brightSpots = Object.freeze({ startWorker, showFailure, prepareFull, startFull, takeHandover });

  const start = async () => {
    try {
      await wasm_bindgen({ module_or_path: await compile(programFor.page) });
      document.getElementById("boot-wait")?.remove();
    } catch (error) {
      showFailure(error);
      throw error;
    }
  };
  void start();
})();
