// Narrows a list at each key: the form's own answer is fetched, and its parts marked data-filtered are taken over.

const WAIT = 180;

function filter(form) {
  let timer = 0;
  let asked = null;
  let last = null;

  async function ask() {
    const query = new URLSearchParams(new FormData(form)).toString();
    if (query === last) return;
    last = query;
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.action}?${query}`, { signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-filtered]")) {
        part.replaceChildren(...(page.getElementById(part.id)?.childNodes ?? []));
      }
      history.replaceState(history.state, "", `${form.action}?${query}`);
    } catch {
      last = null; // asked anew meanwhile, or offline: Enter still asks
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
}

document.querySelectorAll("[data-filter]").forEach(filter);
