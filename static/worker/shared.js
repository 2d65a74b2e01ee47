// A picture that another app shares into the site waits here for the form. The browser sends it without a token, so
// it goes nowhere until its author has seen the form and sends that.

const RECEIVE = "/share/receive/";
const PICTURE = "/share/receive/picture";
const LARGEST = 8 * 1024 * 1024;

async function receive(request) {
  const form = await request.formData();
  const [asked, picture] = [new URLSearchParams(), form.get("picture")];
  for (const name of ["title", "text", "url"]) if (form.get(name)) asked.set(name, form.get(name).slice(0, 3000));
  if (picture?.size && picture.size <= LARGEST && picture.type.startsWith("image/")) {
    const headers = { "Content-Type": picture.type, "Received": String(Date.now()) };
    await (await caches.open(nameOf("shared", await viewerKnown()))).put(PICTURE, new Response(picture, { headers }));
    asked.set("picture", "shared");
  }
  return Response.redirect(`${RECEIVE}?${asked}`, 303);
}
