// Trunk runs this after each build, on its staging folder. It turns Trunk's output into
//   index.html + code/      the site: one script, one file of WebAssembly per program, the styles;
//                           every name carries a hash, nothing is fetched (`connect-src 'none'`);
//   bright-spots.html       the whole app in one file, which works from disk;
//   SHA256SUMS              checksums of everything, for whoever wants to verify a copy.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { asMetaTag, policyFor, readHeaders } from "./policy.mjs";

const PAGE = "bright-spots";
const FULL = "full";
const stage = process.env.TRUNK_STAGING_DIR;
if (!stage) throw new Error("scripts/pack.mjs is started by Trunk: run `make build`.");

const inStage = (name) => path.join(stage, name);
const take = (name, encoding) => {
  const content = fs.readFileSync(inStage(name), encoding);
  fs.rmSync(inStage(name));
  return content;
};
const replaceOnce = (text, pattern, replacement) => {
  const parts = text.split(pattern);
  if (parts.length !== 2) throw new Error(`index.html holds ${parts.length - 1} places for ${pattern}, not one.`);
  return parts.join(replacement);
};

// What Trunk and wasm-bindgen made.
const files = fs.readdirSync(stage);
const programs = [PAGE, FULL, "opener"].flatMap((name) => {
  const wasm = files.find((file) => file.startsWith(name) && file.endsWith("_bg.wasm"));
  if (!wasm) return [];
  return [{ name, wasm: take(wasm), glue: take(wasm.replace("_bg.wasm", ".js"), "utf8") }];
});
for (const needed of [PAGE, FULL]) {
  if (!programs.some(({ name }) => name === needed)) throw new Error(`Trunk built no program called ${needed}.`);
}
const boot = fs.readFileSync(new URL("../public/boot.js", import.meta.url), "utf8");
const rules = readHeaders(inStage("_headers"));
const favicon = `data:image/svg+xml,${encodeURIComponent(take("favicon.svg", "utf8").trim())}`;

const glueOf = (wanted) => programs.find(({ name }) => name === wanted)?.glue;
// Indentation and comments of what wasm-bindgen wrote are for nobody. No text of it spans lines.
const bare = (text) =>
  text
    .replace(/^\s*\/\*\*[^]*?\*\/\n/gm, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .join("\n");
// As a function the same text serves the page, which calls it, and workers, which get it in writing.
const glueFunction = (name, glue) => `const ${name} = () => {\n${bare(glue)}\nreturn wasm_bindgen;\n};`;
// Each page program is also the worker that reads files: it looks where it was started.
const appScript = (page, reader) => {
  const opener = glueOf("opener");
  const programFor = { page, worker: page, ...(opener && { opener: "opener" }) };
  return [
    glueFunction("pageGlue", glueOf(page)),
    "const wasm_bindgen = pageGlue();",
    opener ? glueFunction("openerGlue", opener) : "",
    `const programFor = ${JSON.stringify(programFor)};`,
    `const workerGlue = { worker: pageGlue${opener ? ", opener: openerGlue" : ""} };`,
    bare(reader),
    bare(boot),
  ].join("\n");
};

// --- The site ------------------------------------------------------------------------------------

fs.mkdirSync(inStage("code"), { recursive: true });
const writeCode = (name, extension, content) => {
  const hash = crypto.createHash("sha256").update(content).digest("hex").slice(0, 16);
  const file = `code/${name}-${hash}.${extension}`;
  fs.writeFileSync(inStage(file), content);
  return file;
};

// WebAssembly as a script, so that the page needs no permission to connect to anything, not even to
// its own origin. One character per byte: with brotli it is 1 % larger than the plain file, where
// base64 would be a third larger.
//
// Bytes that a script must escape change places with the rarest letters and signs, which stand in front: that saves
// two thirds of what packing as a script costs. `unpack` puts them back.
const escapes = { "\\": "\\\\", "`": "\\`", $: "\\$", "\r": "\\r" };
const escaped = Object.keys(escapes).map((sign) => sign.charCodeAt(0));
const asScript = (bytes) => {
  const often = new Array(128).fill(0);
  for (const byte of bytes) if (byte < 128) often[byte] += 1;
  const free = [...often.keys()].filter((byte) => !escaped.includes(byte) && byte >= 32 && byte < 127);
  const rare = free.sort((a, b) => often[a] - often[b]).slice(0, escaped.length);
  const swapped = [...Array(256).keys()];
  escaped.forEach((byte, at) => ([swapped[byte], swapped[rare[at]]] = [rare[at], byte]));
  const text = Buffer.from([...rare, ...bytes.map((byte) => swapped[byte])]).toString("latin1");
  return `export default \`${text.replace(/[\\`$\r]/g, (sign) => escapes[sign])}\`;\n`;
};
const packed = Object.fromEntries(programs.map(({ name, wasm }) => [name, writeCode(name, "js", asScript(wasm))]));

// Comments and indentation are for whoever edits the sheets.
const small = (css) => css.replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ").replace(/ ?([{};,]) ?/g, "$1").trim();
const sheets = [];
const laterSheets = [];
let html = fs.readFileSync(inStage("index.html"), "utf8");
html = html.replace(/<link rel="stylesheet" href="(?:\.\/)?([^"]+)"([^>]*?)\/?>/g, (_, file, rest) => {
  const css = small(take(file, "utf8"));
  const media = /media="([^"]+)"/.exec(rest)?.[1];
  (file.startsWith("full") ? laterSheets : sheets).push(media ? `@media ${media}{${css}}` : css);
  return sheets.length === 1 && laterSheets.length === 0 ? "<!--styles-->" : "";
});
const styles = sheets.join("\n");
const laterStyles = laterSheets.join("\n");
const laterSheet = writeCode("full-style", "css", laterStyles);
const fullGlue = writeCode("full-glue", "js", `${glueFunction("fullGlue", glueOf(FULL))}\nexport { fullGlue };\n`);
const siteReader = `
const fullGlueAt = ${JSON.stringify(fullGlue)};
const packedAt = ${JSON.stringify(packed)};
const codeFolder = new URL(".", document.currentScript.src).href.replace(/code\\/$/, "");
const readPacked = async (name) => (await import(codeFolder + packedAt[name])).default;
const checkerParts = [codeFolder + fullGlueAt, codeFolder + packedAt.full];
const readFullGlue = async () => (await import(codeFolder + fullGlueAt)).fullGlue;
const readFullStyle = () =>
  new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = codeFolder + ${JSON.stringify(laterSheet)};
    link.onload = done;
    link.onerror = () => failed(new Error("The styles of this page could not be fetched."));
    document.head.append(link);
  });
const unpack = (packed) => {
  const escaped = ${JSON.stringify(escaped)};
  const places = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  escaped.forEach((byte, at) => {
    places[byte] = packed.charCodeAt(at);
    places[packed.charCodeAt(at)] = byte;
  });
  const bytes = new Uint8Array(packed.length - escaped.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = places[packed.charCodeAt(i + escaped.length)];
  return bytes;
};`;

// One script and one sheet stand in the page; Trunk's own lines only mark the places.
html = replaceOnce(html, /<!-- scripts\/pack\.mjs [^>]*-->/, "<!--policy-->");
html = replaceOnce(html, "<title>", `<link rel="icon" href="${favicon}" />\n    <title>`);
html = html.replace(/\n\s*\n+/g, "\n");

const app = writeCode("app", "js", appScript(PAGE, siteReader));
const sheet = writeCode("style", "css", styles);
let site = replaceOnce(html, "<!--policy-->", asMetaTag(policyFor(rules, "/")));
site = replaceOnce(site, "<!--styles-->", `<link rel="stylesheet" href="${sheet}" />`);
site = replaceOnce(
  site,
  "<script data-app></script>",
  `<link rel="modulepreload" href="${packed[PAGE]}" />\n    <script defer src="${app}"></script>`,
);
fs.writeFileSync(inStage("index.html"), site);

// --- The one file --------------------------------------------------------------------------------

const oneFileReader = `
const readFullGlue = undefined;
const checkerParts = undefined;
const readFullStyle = undefined;
const readPacked = async (name) => document.getElementById("packed-" + name).textContent;
const unpack = async (packed) => {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const opened = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(opened).arrayBuffer());
};`;
// An inline script ends at the first "</script", wherever that stands.
const inlineScript = appScript(FULL, oneFileReader).replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "<\\!--");
const allStyles = `${styles}\n${laterStyles}`;
const hashOf = (text) => `'sha256-${crypto.createHash("sha256").update(text).digest("base64")}'`;
const oneFilePolicy = [
  "default-src 'none'",
  `script-src ${hashOf(inlineScript)} 'wasm-unsafe-eval'`,
  `style-src ${hashOf(allStyles)}`,
  "img-src data: blob:",
  "worker-src blob:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");
const data = programs.filter(({ name }) => name !== PAGE).map(({ name, wasm }) => {
  const text = zlib.gzipSync(wasm, { level: 9 }).toString("base64");
  return `<script type="text/plain" id="packed-${name}">${text}</script>`;
});
let oneFile = replaceOnce(html, "<!--policy-->", asMetaTag(oneFilePolicy));
oneFile = replaceOnce(oneFile, "<!--styles-->", `<style>${allStyles}</style>`);
oneFile = replaceOnce(oneFile, "<script data-app></script>", "");
oneFile = replaceOnce(oneFile, "</body>", `${data.join("\n")}\n<script>${inlineScript}</script>\n</body>`);
fs.writeFileSync(inStage("bright-spots.html"), oneFile);

// --- Checksums -----------------------------------------------------------------------------------

const everything = fs.readdirSync(stage, { recursive: true }).filter((file) => fs.statSync(inStage(file)).isFile());
const sums = everything.sort().map((file) => {
  const sum = crypto.createHash("sha256").update(fs.readFileSync(inStage(file))).digest("hex");
  return `${sum}  ${file}\n`;
});
fs.writeFileSync(inStage("SHA256SUMS"), sums.join(""));
