// Reads public/_headers, the one place where the site's headers are written down.
import fs from "node:fs";

// Returns [{ path, headers: [[name, value]] }] in the order of the file.
export function readHeaders(file) {
  const rules = [];
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    if (!/^\s/.test(line)) {
      rules.push({ path: line.trim(), headers: [] });
      continue;
    }
    const colon = line.indexOf(":");
    const rule = rules.at(-1);
    if (!rule || colon < 0) throw new Error(`${file}: cannot read the line "${line.trim()}".`);
    rule.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return rules;
}

// The headers for a path such as "/code/app.js"; a rule may end in "*".
export function headersFor(rules, path) {
  const matches = (rule) => (rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : path === rule);
  return rules.filter((rule) => matches(rule.path)).flatMap((rule) => rule.headers);
}

export function policyFor(rules, path) {
  const found = headersFor(rules, path).find(([name]) => name.toLowerCase() === "content-security-policy");
  if (!found) throw new Error(`public/_headers holds no Content-Security-Policy for ${path}.`);
  return found[1];
}

// A meta tag may not say `frame-ancestors`; browsers complain when it does.
export function asMetaTag(policy) {
  const directives = policy.split(";").map((d) => d.trim()).filter((d) => d !== "" && !d.startsWith("frame-ancestors"));
  return `<meta http-equiv="Content-Security-Policy" content="${directives.join("; ")}" />`;
}
