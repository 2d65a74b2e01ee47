// Shows the exact time of a relative one on hover and focus, in the viewer's own zone and language.

const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });

document.addEventListener("pointerover", (event) => {
  const time = event.target.closest?.("time[datetime*=T]");
  if (time && !time.title) time.title = format.format(new Date(time.dateTime));
});
