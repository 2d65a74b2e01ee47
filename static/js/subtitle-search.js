// Finds a line of subtitles by what somebody remembers of it: without case, accents and marks, whole words first.

const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u0652]/g; // vowel signs of other scripts tell words apart
const APOSTROPHES = /['\u2018\u2019\u02bc`]/g;
const NO_WORD = /[^\p{L}\p{M}\p{N}]+/gu;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th" };
const WITHOUT_ACCENT = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/** The words of a text as they are compared, with a space between two of them. */
export function fold(text) {
  const plain = text.toLowerCase().normalize("NFKD").replace(ACCENTS, "").replace(APOSTROPHES, "");
  return plain.replace(WITHOUT_ACCENT, (letter) => LETTERS[letter]).replace(NO_WORD, " ").trim();
}

// A sentence often goes on in the next line: it is found in the one with which it begins.
function rank(words, here, next, wanted) {
  const both = next ? `${here}${next.folded} ` : here;
  const isIn = (part, text = both) => {
    const place = text.indexOf(part);
    return place >= 0 && place < here.length - 1;
  };
  if (isIn(` ${wanted} `)) return 0;
  if (isIn(` ${wanted}`)) return 1;
  if (words.every((word) => isIn(` ${word}`, here))) return 2;
  return isIn(wanted, here) ? 3 : -1;
}

/**
 * The numbers of the lines in which something is said, the best first and else in the order of the film.
 *
 * @param lines as `read` of subtitle-file.js makes them.
 */
export function find(lines, said) {
  const wanted = fold(said);
  if (!wanted) return [];
  const words = wanted.split(" ");
  const found = [[], [], [], []];
  lines.forEach((line, number) => found[rank(words, ` ${line.folded} `, lines[number + 1], wanted)]?.push(number));
  return found.flat();
}
