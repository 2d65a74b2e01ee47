// Drops the cookies that make all others unreadable for the site, and loads the page again when there were any.

const BEYOND_ASCII = /[^\x20-\x7e]/;
const names = document.cookie
  .split("; ")
  .filter((cookie) => BEYOND_ASCII.test(cookie))
  .map((cookie) => cookie.split("=", 1)[0]);
const parts = location.hostname.split(".");
const domains = ["", ...parts.map((_part, at) => `; domain=${parts.slice(at).join(".")}`)];
const folders = location.pathname.split("/").map((_part, at, all) => all.slice(0, at + 1).join("/") || "/");

for (const name of names) {
  for (const path of folders) {
    for (const domain of domains) document.cookie = `${name}=; max-age=0; path=${path}${domain}`;
  }
}

if (names.length && !names.some((name) => document.cookie.split("; ").some((cookie) => cookie.startsWith(`${name}=`)))) {
  location.reload();
}
