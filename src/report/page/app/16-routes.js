/* Addresses within the page: "#/stories?q=flood&site=3". Back, forward and bookmarks go by them. */

function here() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  return { parts: path.split("/").filter(Boolean), query: new URLSearchParams(query || "") };
}

function address(parts, query) {
  const entries = Object.entries(query || {}).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return "#/" + parts.join("/") + (entries.length ? "?" + new URLSearchParams(entries) : "");
}

const storyAddress = (story) => address(["story", story]);
const pairAddress = (story, a, b) => address(["pair", story, a, b]);
const siteAddress = (site) => address(["site", site]);

/* Changes the address without a step in the history, and without drawing anew. */
function readdress(parts, query) {
  history.replaceState(null, "", address(parts, query));
}

const link = (to, ...children) => h("a", { href: to }, ...children);

function siteLink(site) {
  return site === null || site === undefined ? siteLabel(site) : link(siteAddress(site), siteLabel(site));
}

/* A whole number in an address that is less than `limit`; -1 where it is none. */
function numberIn(part, limit) {
  return /^\d{1,9}$/.test(part || "") && Number(part) < limit ? Number(part) : -1;
}
