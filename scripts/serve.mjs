// Serves dist/ on 127.0.0.1 with the headers of public/_headers. No dependency.
//
//   node scripts/serve.mjs [--port 8080] [--base /some/path/] [--folder dist] [--without-headers]
//
// Tests import `startServer` instead.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { headersFor, readHeaders } from "./policy.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".json": "application/json",
  "": "text/plain; charset=utf-8",
};

// Which file a request means, or null. `base` begins and ends with a slash.
function resolve(folder, base, url) {
  let wanted;
  try {
    wanted = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  if (!wanted.startsWith(base) || wanted.includes("\0")) return null;
  const sitePath = `/${wanted.slice(base.length)}`;
  const file = path.join(folder, sitePath.endsWith("/") ? `${sitePath}index.html` : sitePath);
  // `path.join` has taken out every "..", so what points outside now shows.
  if (!file.startsWith(folder + path.sep)) return null;
  // Files such as _headers are for hosts, not for visitors.
  if (path.basename(file).startsWith("_") || path.basename(file).startsWith(".")) return null;
  return { sitePath, file };
}

// Starts a server; `port` 0 takes any free one. Returns { url, requests, close }, where `requests`
// grows by one line for each request answered.
export async function startServer({ port = 0, base = "/", folder = path.join(root, "dist"), withHeaders = true } = {}) {
  const rules = withHeaders ? readHeaders(path.join(folder, "_headers")) : [];
  const requests = [];
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const refuse = (status, text) => response.writeHead(status, { "Content-Type": TYPES[""] }).end(`${text}\n`);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "Only GET and HEAD are answered here.");
    const found = resolve(folder, base, request.url);
    if (!found) return refuse(404, "There is no such file here.");
    fs.readFile(found.file, (error, content) => {
      if (error) return refuse(404, "There is no such file here.");
      response.setHeader("Content-Type", TYPES[path.extname(found.file)] ?? "application/octet-stream");
      response.setHeader("Content-Length", content.length);
      for (const [name, value] of headersFor(rules, found.sitePath)) response.setHeader(name, value);
      response.writeHead(200).end(request.method === "HEAD" ? undefined : content);
    });
  });
  await new Promise((ready, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", ready);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}

async function main(args) {
  const option = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise);
  const port = Number(option("--port", process.env.PORT || 8080));
  const base = option("--base", "/");
  const folder = path.resolve(option("--folder", path.join(root, "dist")));
  const stop = (sentence) => {
    console.error(`make serve: ${sentence}`);
    process.exit(1);
  };
  if (!Number.isInteger(port) || port < 0 || port > 65535) stop(`"${option("--port", process.env.PORT)}" is not a port number.`);
  if (!/^\/(.*\/)?$/.test(base)) stop(`--base must begin and end with a slash; "${base}" does not.`);
  if (!fs.existsSync(path.join(folder, "index.html"))) stop(`${folder} holds no index.html; run \`make build\` first.`);
  try {
    const { url } = await startServer({ port, base, folder, withHeaders: !args.includes("--without-headers") });
    console.log(`Bright Spots is served at ${url}  (stop with Ctrl+C)`);
  } catch (error) {
    if (error.code === "EADDRINUSE") stop(`port ${port} is in use; choose another with PORT=8081 make serve.`);
    stop(error.message);
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
