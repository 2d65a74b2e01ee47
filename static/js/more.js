// A list that more was added to keeps its length in the address, so that Back finds the place where one was.

const MOST = 10; // pages that the site shows at once; see reelive.listpages

function grown(link) {
  const address = new URL(location.href);
  const pages = Number(address.searchParams.get("pages") ?? 1) + 1;
  address.searchParams.set("pages", pages);
  if (pages > MOST) {
    address.searchParams.delete("pages");
    address.searchParams.set("after", new URL(link.href).searchParams.get("after"));
  }
  return address;
}

// By now the link itself has made room for what it brought.
document.addEventListener("htmx:afterRequest", ({ detail: { successful, requestConfig } }) => {
  const link = requestConfig?.elt;
  if (successful && link?.matches("a[data-more]")) history.replaceState(history.state, "", grown(link));
});
