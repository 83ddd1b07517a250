// The promise: nothing leaves the device, and it is the browser that sees to it.
import assert from "node:assert/strict";
import http from "node:http";
import { inventDistrict } from "./support/district.mjs";
import { BOTH, journey, ONE_FILE } from "./support/journey.mjs";
import { crawl } from "./support/routes.mjs";

// A real server that must never hear anything.
async function listener() {
  const heard = [];
  const server = http.createServer((request, response) => {
    heard.push(request.url);
    response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end("heard");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { heard, url: `http://127.0.0.1:${server.address().port}/`, close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }) };
}

// Each way out of a page. Runs inside the page; returns those that it started without an exception.
const tryEverything = async (url) => {
  const refused = [];
  document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
  const attempts = {
    fetch: () => fetch(url).then(() => "answered"),
    fetchOwnOrigin: () => fetch("index.html").then(() => "answered"),
    xhr: () => new Promise((done) => { const x = new XMLHttpRequest(); x.onload = () => done("answered"); x.onerror = () => done("refused"); x.open("POST", url); x.send("x"); }),
    socket: () => new Promise((done) => { const s = new WebSocket(url.replace("http", "ws")); s.onopen = () => done("answered"); s.onerror = () => done("refused"); }),
    eventSource: () => new Promise((done) => { const s = new EventSource(url); s.onopen = () => done("answered"); s.onerror = () => { s.close(); done("refused"); }; }),
    beacon: () => { navigator.sendBeacon(url, "x"); return "refused"; },
    image: () => new Promise((done) => { const i = new Image(); i.onload = () => done("answered"); i.onerror = () => done("refused"); i.src = `${url}i.png`; }),
    script: () => new Promise((done) => { const s = document.createElement("script"); s.onload = () => done("answered"); s.onerror = () => done("refused"); s.src = `${url}s.js`; document.head.append(s); }),
    module: () => import(`${url}m.js`).then(() => "answered"),
    style: () => new Promise((done) => { const l = document.createElement("link"); l.rel = "stylesheet"; l.onload = () => done("answered"); l.onerror = () => done("refused"); l.href = `${url}s.css`; document.head.append(l); }),
    font: () => new FontFace("x", `url(${url}f.woff2)`).load().then(() => "answered"),
    video: () => new Promise((done) => { const v = document.createElement("video"); v.onloadeddata = () => done("answered"); v.onerror = () => done("refused"); v.src = `${url}v.mp4`; }),
    object: () => { const o = document.createElement("object"); o.data = `${url}o`; document.body.append(o); return "refused"; },
    frame: () => { const f = document.createElement("iframe"); f.src = `${url}f.html`; document.body.append(f); return "refused"; },
    prefetch: () => { const l = document.createElement("link"); l.rel = "prefetch"; l.href = `${url}p`; document.head.append(l); return "refused"; },
    ping: () => { const a = document.createElement("a"); a.href = "#/"; a.ping = url; document.body.append(a); a.click(); return "refused"; },
    form: () => { const f = document.createElement("form"); f.action = url; f.method = "post"; document.body.append(f); f.submit(); return "refused"; },
    worker: () => new Promise((done) => { const w = new Worker(`${url}w.js`); w.onmessage = () => done("answered"); w.onerror = () => done("refused"); }),
    workerOwnOrigin: () => new Promise((done) => { const w = new Worker(new URL("w.js", location.href)); w.onmessage = () => done("answered"); w.onerror = () => done("refused"); }),
    base: () => { const b = document.createElement("base"); b.href = url; document.head.append(b); const was = document.baseURI.startsWith(url); b.remove(); return was ? "answered" : "refused"; },
  };
  const outcome = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    const slow = new Promise((done) => setTimeout(done, 1_500, "refused"));
    outcome[name] = await Promise.race([Promise.resolve().then(attempt).catch(() => "refused"), slow]);
  }
  await new Promise((done) => setTimeout(done, 500));
  return { outcome, refused: [...new Set(refused)].sort() };
};

const insideWorker = async (url) => {
  const attempts = [
    () => fetch(url),
    () => import(`${url}m.js`),
    () => new Promise((ok, no) => { const s = new WebSocket(url.replace("http", "ws")); s.onopen = ok; s.onerror = no; }),
    () => new Promise((ok, no) => { const x = new XMLHttpRequest(); x.onload = ok; x.onerror = no; x.open("GET", url); x.send(); }),
    () => importScripts(`${url}s.js`),
  ];
  const outcomes = await Promise.allSettled(attempts.map((attempt) => Promise.resolve().then(attempt)));
  return outcomes.filter(({ status }) => status === "fulfilled").length;
};

const CASES = [
  ...BOTH.map((way) => ({ way, where: "" })),
  { way: BOTH[0], where: " on a host that sends no headers", server: { withHeaders: false } },
];

for (const { way, where, server } of CASES) {
  journey(`every way out is refused${where}`, { way, server, mayComplain: true, timeout: 180_000 }, async (start, { page, file, log, address }) => {
    const elsewhere = await listener();
    try {
      const { totals } = inventDistrict({ seed: 41 });
      await start.import(file("totals.csv", totals));
      const { outcome, refused } = await page.evaluate(tryEverything, elsewhere.url);
      assert.deepEqual(Object.entries(outcome).filter(([, answer]) => answer === "answered"), [], "ways out that were answered");
      for (const directive of ["connect-src", "img-src", "form-action", "base-uri", "script-src-elem", "style-src-elem", "font-src", "media-src", "frame-src"]) {
        assert.ok(refused.includes(directive), `${directive} was not what refused: ${refused}`);
      }
      assert.deepEqual(elsewhere.heard, [], "what a server elsewhere heard");

      // The worker is bound by the same policy, wherever the page is hosted.
      const [worker] = await Promise.all([
        page.waitForEvent("worker"),
        page.evaluate(() => { globalThis.keptWorker = brightSpots.startWorker("worker"); }),
      ]);
      assert.equal(await worker.evaluate(insideWorker, elsewhere.url), 0, "ways out of the worker");
      assert.deepEqual(elsewhere.heard, [], "what a server elsewhere heard from the worker");
      // Chromium lists what it refused as a request too; that nothing arrived has just been seen.
      log.requests = log.requests.filter((request) => !request.startsWith(elsewhere.url) && !(way === ONE_FILE && request === new URL("index.html", address).href));
    } finally {
      await elsewhere.close();
    }
  });
}

for (const way of BOTH) {
  journey("a whole journey asks nothing of the network", { way }, async (start, { page, file, log, address, server }) => {
    await page.waitForLoadState("networkidle");
    const atStart = log.requests.length;
    const { daily } = inventDistrict({ seed: 42 });
    const ready = await start.import(file("daily.csv", daily));
    await ready.results();
    const { routes } = await crawl(start);
    for (const route of routes) await start.visit(route);
    // The site fetches the program with every page when the first of them is opened, from its own
    // folder and with nothing said; the one file fetches nothing at all.
    const later = log.requests.slice(atStart);
    const own = way === ONE_FILE ? [] : later.filter((request) => new RegExp(`^${new URL("code/full-", address).href}[a-z0-9-]+\\.(js|css)$`).test(request));
    assert.deepEqual(later.filter((request) => !own.includes(request)), [], "requests after the page was loaded");
    if (way === ONE_FILE) assert.deepEqual([...new Set(log.requests)], [address]);
    else assert.ok(server.requests.every((request) => request.startsWith("GET ")), "nothing but reading");
  });

  journey("the page goes on without a network", { way }, async (start, { page, file, context }) => {
    await page.waitForLoadState("networkidle");
    // The site fetches its other pages when the first of them is opened; then all of it is here.
    await start.visit("#/privacy");
    await start.visit("#/");
    await context.setOffline(true);
    const { totals } = inventDistrict({ seed: 43 });
    const results = await (await start.import(file("totals.csv", totals))).results();
    assert.ok(results.all.counted > 0);
  });
}

journey("the policy is strict in the header and in the page", {}, async (start, { page, address }) => {
  const answer = await page.request.get(address);
  const header = answer.headers()["content-security-policy"];
  const meta = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', "content");
  for (const policy of [header, meta]) {
    assert.match(policy, /(^|; )default-src 'none'(;|$)/);
    assert.match(policy, /(^|; )connect-src 'none'(;|$)/);
    assert.match(policy, /(^|; )form-action 'none'(;|$)/);
    assert.match(policy, /(^|; )base-uri 'none'(;|$)/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
  }
  assert.match(header, /frame-ancestors 'none'/);
  const inline = await page.$$eval("script:not([src]), style, [style]", (found) => found.map((e) => e.outerHTML.slice(0, 80)));
  assert.deepEqual(inline.filter((e) => e.startsWith("<script") || e.startsWith("<style")), [], "inline scripts and styles");
});
