// Reads subtitles, SRT or WebVTT, on this device: what is said, and when. What is broken in a file is passed over.
// It is read piece by piece, so that the page answers meanwhile, and what no subtitles could be is refused.

import { fold } from "./subtitle-search.js";

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_LINES = 20_000;
const PIECE = 128 * 1024; // bytes
const HEAD = 4_096;
const LONGEST = 1_000; // characters of a line
const MOST_ROWS = 12; // of what is said at once
const BREAK = /\r\n|\n|\r(?!$)/; // a break at the end of a piece may be half of one
const TIME = String.raw`(?:(\d{1,2}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?`;
const TIMES = new RegExp(String.raw`^\s*${TIME}\s*-{1,3}>\s*${TIME}(?![\d:])`);
const TAGS = /<\/?[a-z\d][^<>]*>|\{\\[^{}]*\}/gi;
const UNSEEN = /[\p{Cc}\p{Z}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " ", lrm: "", rlm: "" };

// The first encoding is tried; what turns out to be none of UTF-8 is read as the next.
function encodingsOf(head) {
  const [one, two, three] = head;
  if (one === 0xff && two === 0xfe) return ["utf-16le"];
  if (one === 0xfe && two === 0xff) return ["utf-16be"];
  if (one === 0xef && two === 0xbb && three === 0xbf) return ["utf-8"];
  const zeros = [0, 0];
  head.forEach((byte, place) => (zeros[place % 2] += byte === 0));
  const many = head.length / 8;
  if (zeros[1] > many && !zeros[0]) return ["utf-16le"];
  if (zeros[0] > many && !zeros[1]) return ["utf-16be"];
  return ["utf-8", "windows-1252"];
}

function milliseconds([hours, minutes, seconds, rest]) {
  if (minutes > 59 || seconds > 59) return null;
  return ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number((rest ?? "0").padEnd(3, "0"));
}

function plain(rows) {
  const text = rows.join(" ").replace(TAGS, "").replace(/\\[Nnh]/g, " ");
  return text.replace(/&(#?\w{2,4});/g, (all, name) => ENTITIES[name] ?? all).replace(UNSEEN, " ").trim();
}

class Reading {
  lines = [];
  #open = null; // what is said at the time that was read last
  #rest = "";
  #foreign = 0;
  #lost = 0;

  take(piece) {
    this.#foreign += piece.match(/[^\0-\x7f]/g)?.length ?? 0;
    this.#lost += piece.match(/\ufffd/g)?.length ?? 0;
    const rows = (this.#rest + piece).split(BREAK);
    this.#rest = rows.pop().slice(0, LONGEST);
    for (const row of rows) this.#hear(row);
  }

  end() {
    this.#hear(this.#rest);
    this.#close();
    return this.lines.sort((one, other) => one.start - other.start).filter((line, place, all) => !repeats(line, all[place - 1]));
  }

  /** Whether most of what is no ASCII could not be read in this encoding. */
  get isElse() {
    return this.#lost * 2 > this.#foreign;
  }

  #hear(row) {
    const times = row.length < LONGEST && TIMES.exec(row);
    if (times || row.includes("-->")) this.#begin(times);
    else if (row.trim()) this.#open?.rows.length < MOST_ROWS && this.#open.rows.push(row.slice(0, LONGEST));
    else if (this.#open?.rows.length) this.#close();
  }

  #begin(times) {
    // Without an empty line before it, the number of this one seems to be said in the last.
    if (/^\s*\d+\s*$/.test(this.#open?.rows.at(-1) ?? "")) this.#open.rows.pop();
    this.#close();
    const [start, end] = times ? [milliseconds(times.slice(1, 5)), milliseconds(times.slice(5, 9))] : [null];
    this.#open = start === null ? null : { start, end: Math.max(start, end ?? start), rows: [] };
  }

  #close() {
    const { start, end, rows } = this.#open ?? { rows: [] };
    const text = plain(rows);
    if (text) this.lines.push({ start, end, text, folded: fold(text) });
    this.#open = null;
  }
}

// Subtitles made by listening say a line again while the next one comes.
const repeats = (line, before) => before?.text === line.text && line.start <= before.end;

async function readAs(encoding, file) {
  const decoder = new TextDecoder(encoding);
  const reading = new Reading();
  for (let at = 0; at < file.size && reading.lines.length <= MOST_LINES; at += PIECE) {
    reading.take(decoder.decode(await file.slice(at, at + PIECE).arrayBuffer(), { stream: true }));
  }
  reading.take(decoder.decode());
  return reading;
}

/**
 * What is said in a file: `lines` of `{ start, end, text, folded }`, in milliseconds and in the order of their times;
 * or why there are none as a `problem`: "large", "empty" or "unreadable".
 */
export async function read(file) {
  if (file.size > MOST_BYTES) return { problem: "large" };
  try {
    const encodings = encodingsOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
    let reading;
    for (const encoding of encodings) {
      reading = await readAs(encoding, file);
      if (!reading.isElse) break;
    }
    if (reading.lines.length > MOST_LINES) return { problem: "large" };
    const lines = reading.end();
    return lines.length ? { lines } : { problem: "empty" };
  } catch {
    return { problem: "unreadable" }; // it was moved, or may not be read
  }
}
