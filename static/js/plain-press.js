// Whether a press on a link is meant for this page: with one of these keys held it is opened somewhere else.

export function isPlainPress(event) {
  return !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}
