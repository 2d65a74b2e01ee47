// Lets a card's picture grow into the page that it opens, and shrink back on return. Only the one card gets
// the name, for the time of the change; browsers without cross-page transitions just change the page.

const NAME = "art";

function pictureFor(address) {
  if (!address) return null;
  return document.querySelector(`a.card-art[href="${new URL(address).pathname}"]`);
}

async function carry(transition, address) {
  const picture = pictureFor(address);
  if (!picture || document.querySelector(".hero-art")) return;
  picture.style.viewTransitionName = NAME;
  await transition.finished.catch(() => {}); // it may be skipped
  picture.style.viewTransitionName = "";
}

addEventListener("pageswap", (event) => {
  if (event.viewTransition && event.activation) carry(event.viewTransition, event.activation.entry.url);
});

addEventListener("pagereveal", (event) => {
  if (event.viewTransition && window.navigation?.activation?.from) {
    carry(event.viewTransition, window.navigation.activation.from.url);
  }
});
