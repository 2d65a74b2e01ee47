// News on this device. What it says was written for the member when it was sent.

async function show(said) {
  const number = said.unread ? self.navigator.setAppBadge?.(said.unread) : self.navigator.clearAppBadge?.();
  const about = { body: said.body, tag: said.tag, icon: ICON, badge: ICON, data: { url: said.url } };
  await Promise.all([self.registration.showNotification(said.title, about), number?.catch(() => {})]);
}

/** Open the very place: in a window that shows it, in any other one, or in a new one. */
async function openPlace({ url }) {
  const place = new URL(url, self.location.origin);
  if (place.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window" });
  const there = windows.find((one) => one.url === place.href);
  if (there) await there.focus();
  else await self.clients.openWindow(place.href);
}
