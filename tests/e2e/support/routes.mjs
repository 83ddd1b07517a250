// Finds every page that can be reached by links within the app, so that checks "on every page" keep
// up with it by themselves.
import assert from "node:assert/strict";

const MUST_EXIST = ["#/", "#/tiers", "#/schools", "#/privacy"];
const AT_MOST = 60;

// One page per school or student is enough of its kind: "#/schools/3" and "#/schools/4" are alike.
const kindOf = (route) => route.split("?")[0].replace(/\d+/g, "N");

export async function crawl(start) {
  const seen = new Map();
  const queue = ["#/", ...MUST_EXIST];
  while (queue.length > 0 && seen.size < AT_MOST) {
    const route = queue.shift();
    if (seen.has(kindOf(route))) continue;
    seen.set(kindOf(route), route);
    await start.visit(route);
    queue.push(...(await start.linkedRoutes()));
  }
  const routes = [...seen.values()];
  for (const route of MUST_EXIST) assert.ok(routes.includes(route), `${route} is missing`);
  return { routes };
}
