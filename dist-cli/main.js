import { defineCommand, runMain } from "citty";
import { open, readFile, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import * as v from "valibot";
import { fileURLToPath } from "node:url";
import { AutoModelForCausalLM, AutoTokenizer, PreTrainedTokenizer, Tensor, env } from "@huggingface/transformers";
import { createReadStream } from "node:fs";
import { availableParallelism } from "node:os";
import { createSHA256 } from "hash-wasm";
import { once } from "node:events";
import { createInterface } from "node:readline";
// package.json
var version = "0.1.0";
// src/core/assert.ts
/** Marks a branch the types say cannot be reached. A call is a bug, so it throws plainly. */
function assertNever(value, what) {
	throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}
/** Returns `value`, or throws when it is missing. For invariants, never for input. */
function assertDefined(value, what) {
	if (value === void 0 || value === null) throw new Error(`missing ${what}`);
	return value;
}
// src/core/lanes.ts
var TAG = /<(\/?)think(ing)?>|<\|(begin|end)_of_(thought|solution)\|>/gi;
var OPENING_FENCE$1 = /^(`{3,}|~{3,})[^\n`~]*$/;
var FENCE_AFTER_TAG = /\s*(`{3,}|~{3,})[^\S\n]*(?=\n|$)/y;
var BARE_FENCE = /^(?:`{3,}|~{3,})$/;
/** Splits a chain into thinking and response. Never throws; linear in the length of the chain. */
function splitLanes(chain) {
	const found = findTags(chain);
	const first = found[0];
	if (first === void 0) return {
		ranges: ranges(chain, [], chain.length).ranges,
		detection: "none"
	};
	const { tags, end, start } = unwrapFence(chain, found, first);
	return {
		...ranges(chain, tags, end, start),
		tags: first.pair
	};
}
function ranges(chain, tags, end, start = 0) {
	const result = [];
	let lane = "response";
	let from = start;
	let missingOpen = false;
	const add = (to, as) => {
		const filled = chain.slice(from, to).trim() !== "";
		if (filled) result.push({
			lane: as,
			start: from,
			end: to
		});
		return filled;
	};
	for (const tag of tags) {
		const isFirst = tag === tags[0];
		const endsThinking = tag.effect === "close" || tag.effect === "open-response" && isFirst;
		const filled = add(tag.start, endsThinking ? "thinking" : lane);
		if (endsThinking && lane === "response") missingOpen ||= filled || isFirst && tag.effect === "close";
		lane = tag.effect === "open" ? "thinking" : "response";
		from = Math.max(from, tag.end);
	}
	add(end, lane);
	return {
		ranges: result,
		detection: lane === "thinking" ? "unclosed" : missingOpen ? "missing-open" : "tags"
	};
}
/** The tags of the first tag's family, in order. `<think>` and `<thinking>` close one another. */
function findTags(chain) {
	const tags = [];
	for (const match of chain.matchAll(TAG)) {
		const [text, slash, ing, side, kind] = match;
		const start = match.index;
		const end = start + text.length;
		if (chain[start - 1] === "`" && chain[end] === "`") continue;
		if (kind === void 0) {
			const pair = ing === void 0 ? "think" : "thinking";
			tags.push({
				pair,
				effect: slash === "/" ? "close" : "open",
				start,
				end
			});
		} else {
			const verb = side?.toLowerCase() === "begin" ? "open" : "close";
			const effect = kind.toLowerCase() === "thought" ? verb : `${verb}-response`;
			tags.push({
				pair: "thought-solution",
				effect,
				start,
				end
			});
		}
	}
	const isMarked = tags[0]?.pair === "thought-solution";
	return tags.filter((tag) => tag.pair === "thought-solution" === isMarked);
}
/**
* Leaves out a code fence that somebody put around the dump, or around its thinking alone. It counts
* as a wrapper only when nothing but its first line stands before the opening tag.
*/
function unwrapFence(chain, tags, first) {
	const plain = {
		tags,
		start: 0,
		end: chain.length
	};
	const fence = OPENING_FENCE$1.exec(chain.slice(0, first.start).trim())?.[1];
	if (fence === void 0 || first.effect !== "open") return plain;
	const start = first.start;
	const closing = tags.findIndex((tag) => tag.effect === "close");
	const closingTag = tags[closing];
	if (closingTag !== void 0) {
		FENCE_AFTER_TAG.lastIndex = closingTag.end;
		const after = FENCE_AFTER_TAG.exec(chain);
		if (after?.[1]?.startsWith(fence)) {
			const widened = {
				...closingTag,
				end: closingTag.end + after[0].length
			};
			return {
				...plain,
				tags: tags.with(closing, widened),
				start
			};
		}
	}
	const lastLine = chain.trimEnd().lastIndexOf("\n") + 1;
	const text = chain.slice(lastLine).trim();
	const isWrapped = BARE_FENCE.test(text) && text.startsWith(fence) && lastLine >= (tags.at(-1)?.end ?? 0);
	return {
		...plain,
		start,
		end: isWrapped ? lastLine : chain.length
	};
}
// src/core/segment/white-space.ts
/** Whether a UTF-16 code unit is white space, by the same set as `String.prototype.trim`. */
function isWhiteSpace(code) {
	if (code < 128) return code === 32 || code >= 9 && code <= 13;
	return code === 160 || code === 5760 || code >= 8192 && code <= 8202 || code === 8232 || code === 8233 || code === 8239 || code === 8287 || code === 12288 || code === 65279;
}
/** The first offset at or after `from` that is not white space, at most `end`. */
function skipWhiteSpace(text, from, end) {
	let at = from;
	while (at < end && isWhiteSpace(text.charCodeAt(at))) at += 1;
	return at;
}
/** Appends `[start, end)` without its surrounding white space, or nothing when nothing is left. */
function pushTrimmed(pieces, text, start, end) {
	const from = skipWhiteSpace(text, start, end);
	let to = end;
	while (to > from && isWhiteSpace(text.charCodeAt(to - 1))) to -= 1;
	if (from < to) pieces.push({
		start: from,
		end: to
	});
}
/** The pieces between the given increasing cut offsets, trimmed. */
function piecesBetween(text, cuts) {
	const pieces = [];
	let start = 0;
	for (const cut of cuts) {
		pushTrimmed(pieces, text, start, cut);
		start = cut;
	}
	pushTrimmed(pieces, text, start, text.length);
	return pieces;
}
/** The pieces between occurrences of a non-empty literal, as `text.split(separator)` finds them, trimmed. */
function piecesApart(text, separator) {
	const pieces = [];
	let start = 0;
	for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
		pushTrimmed(pieces, text, start, at);
		start = at + separator.length;
	}
	pushTrimmed(pieces, text, start, text.length);
	return pieces;
}
/**
* Calls `visit` with every line's half-open range, its line break left out. Breaks are LF, CRLF and
* lone CR; a callback rather than a list because a megabyte may hold a million lines.
*/
function forEachLine(text, visit) {
	let start = 0;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === 10 || code === 13) {
			visit(start, at);
			if (code === 13 && text.charCodeAt(at + 1) === 10) at += 1;
			start = at + 1;
		}
	}
	visit(start, text.length);
}
// src/core/segment/blocks.ts
var MIN_FENCE = 3;
/** Closed code fences and `$$…$$` blocks, marks included: increasing, never overlapping. */
function findBlocks(text) {
	const fences = findFences(text);
	const closes = findClosable(fences);
	const blocks = [];
	let at = 0;
	let next = 0;
	let math = nextMath(text, 0);
	for (;;) {
		while (next < fences.length && !isOpening(fences[next], closes[next], at)) next += 1;
		if (math !== void 0 && math.start < at) math = nextMath(text, at);
		const fence = fences[next];
		if (math !== void 0 && (fence === void 0 || math.start < fence.start)) {
			blocks.push(math);
			at = math.end;
		} else if (fence !== void 0) {
			const closing = closingFence(fences, next, fence);
			blocks.push({
				start: fence.start,
				end: closing.end
			});
			at = closing.end;
		} else return blocks;
	}
}
function isOpening(fence, isClosed, at) {
	return fence?.canOpen === true && isClosed === true && fence.start >= at;
}
function closingFence(fences, opening, fence) {
	for (let index = opening + 1; index < fences.length; index += 1) {
		const other = fences[index];
		if (other?.canClose && other.mark === fence.mark && other.length >= fence.length) return other;
	}
	throw new Error("a fence found to be closed has no closing fence");
}
function findFences(text) {
	const fences = [];
	forEachLine(text, (start, end) => {
		const from = skipWhiteSpace(text, start, end);
		const mark = text[from];
		if (from === end || mark !== "`" && mark !== "~") return;
		let to = from;
		while (to < end && text[to] === mark) to += 1;
		if (to - from < MIN_FENCE) return;
		const canOpen = mark === "~" || !text.slice(to, end).includes("`");
		const canClose = skipWhiteSpace(text, to, end) === end;
		fences.push({
			start: from,
			end,
			mark,
			length: to - from,
			canOpen,
			canClose
		});
	});
	return fences;
}
/** For every fence, whether a later one closes it. */
function findClosable(fences) {
	const longest = {
		"`": 0,
		"~": 0
	};
	const result = [];
	for (const fence of fences.toReversed()) {
		result.push(longest[fence.mark] >= fence.length);
		if (fence.canClose) longest[fence.mark] = Math.max(longest[fence.mark], fence.length);
	}
	return result.reverse();
}
function nextMath(text, from) {
	const start = indexOfMath(text, from);
	const closing = start < 0 ? -1 : indexOfMath(text, start + 2);
	return closing < 0 ? void 0 : {
		start,
		end: closing + 2
	};
}
/** The next `$$` that is not an escaped dollar sign. */
function indexOfMath(text, from) {
	let at = text.indexOf("$$", from);
	while (at > 0 && text[at - 1] === "\\") at = text.indexOf("$$", at + 1);
	return at;
}
// src/core/segment/blank-line.ts
/**
* The default: a step is a paragraph, as in the `\n\n` rule of Qwen2.5-Math-PRM and ReasonFlux-PRM,
* but read as a person would: blank lines may hold spaces, code and display math stay whole, and a
* heading belongs to what it heads. Where these three make a difference, `paper` gives the reference.
*/
var HEADING = /^#{1,6}(?:[ \t]|$)/;
var OPENING_FENCE = /^(?:`{3,}[^`]*$|~~~)/;
var BOLD_STEP = /^\*\*step \d/i;
/** Cuts at blank lines, keeping code, display math and headings together with what they belong to. */
var blankLine = {
	id: "blank-line",
	label: "Blank lines",
	description: "A step ends at a blank line, outside code and display math; a heading joins the next step.",
	pieces(text) {
		return joinOpeners(text, paragraphs(text));
	}
};
function paragraphs(text) {
	const blocks = findBlocks(text);
	const pieces = [];
	let block = 0;
	let from = 0;
	forEachLine(text, (start, end) => {
		if (skipWhiteSpace(text, start, end) < end) return;
		let current = blocks[block];
		while (current !== void 0 && current.end <= start) {
			block += 1;
			current = blocks[block];
		}
		if (current === void 0 || current.start > start) {
			pushTrimmed(pieces, text, from, start);
			from = end;
		}
	});
	pushTrimmed(pieces, text, from, text.length);
	return pieces;
}
/** Gives a piece that only opens something (a heading, a fence, `$$`) to the piece after it. */
function joinOpeners(text, pieces) {
	const joined = [];
	let start;
	for (const [index, piece] of pieces.entries()) {
		start ??= piece.start;
		if (index === pieces.length - 1 || !isOpener(text.slice(piece.start, piece.end))) {
			joined.push({
				start,
				end: piece.end
			});
			start = void 0;
		}
	}
	return joined;
}
function isOpener(piece) {
	if (piece.includes("\n") || piece.includes("\r")) return false;
	return piece === "$$" || HEADING.test(piece) || OPENING_FENCE.test(piece) || isBoldHeading(piece);
}
/** A line all in bold that announces something: "**Case 1:**", "**Check**:", "**Step 2**". */
function isBoldHeading(line) {
	const closing = line.indexOf("**", 2);
	if (!line.startsWith("**") || closing < line.length - 3) return false;
	return line.endsWith(":**") || line.endsWith("**:") || line.endsWith("**") && BOLD_STEP.test(line);
}
// src/core/segment/delimiter.ts
/** Cuts at a literal text of the user's; an empty one leaves the text in one piece. */
var delimiter = {
	id: "delimiter",
	label: "Custom delimiter",
	description: "A step ends wherever a text of your choice stands; that text belongs to no step.",
	pieces(text, options) {
		return options.delimiter === "" ? piecesBetween(text, []) : piecesApart(text, options.delimiter);
	}
};
// src/core/segment/line.ts
/** Cuts at every line break (LF, CRLF or CR); blank lines make no step. */
var line = {
	id: "line",
	label: "Lines",
	description: "Every line that is not blank is a step.",
	pieces(text) {
		const pieces = [];
		forEachLine(text, (start, end) => pushTrimmed(pieces, text, start, end));
		return pieces;
	}
};
// src/core/segment/paper.ts
/** Cuts at every two line feeds. */
var paper = {
	id: "paper",
	label: "Double newline (as in the papers)",
	description: "A step ends at two newlines, wherever they stand: the rule of Qwen PRM and ReasonFlux-PRM.",
	pieces(text) {
		return piecesApart(text, "\n\n");
	}
};
// src/core/segment/sentence-rules.ts
/** Longest word looked at on either side of a period; longer ones are no abbreviation. */
var MAX_WORD = 16;
/** Longest "Theorem 12"-like label; a period after one introduces what it labels. */
var MAX_LABEL = 24;
var ABBREVIATIONS = new Set("dr mr mrs ms prof st jr sr rev gen vs cf e.g i.e eg ie fig figs eq eqs eqn thm lem prop sec ch vol pp approx resp ca al viz w.r.t s.t a.k.a w.l.o.g ph.d".split(" "));
/** Words that start a sentence so often that "the point A. Then" is not read as an initial. */
var STARTERS = new Set("a also and an as assume because but by check combining compare consider finally first for from given hence however i if in it let next note now observe or other since so step substitute suppose that the then there therefore these this thus to using wait we what when which yes".split(" "));
var LABEL = /^[\s#*_>-]*(?:(?:step|case|part|claim|lemma|theorem|question)\s{1,4})?\d{1,4}$/i;
var INITIALS = /^(?:\p{L}\.)*\p{L}$/u;
var OPENERS = "\"'“‘«([{*_`#「『（【《";
/** Signs that continue a formula rather than start a sentence. */
var CONTINUES = /[\p{Ll}=+\-*/<>^,;:)\]}≤≥≠≈×·÷]/u;
/** Whether what stands at `next` can be the first word of a sentence; the end of the text can. */
function startsLikeSentence(text, next) {
	let at = next;
	while (at < text.length && OPENERS.includes(text.charAt(at))) at += 1;
	return at >= text.length || !CONTINUES.test(text.charAt(at));
}
/** Whether the single period at `at` ends the sentence from `start`; the next word is at `next`. */
function isSentencePeriod(text, start, at, next) {
	if (next >= text.length) return true;
	if (at - start <= MAX_LABEL && LABEL.test(text.slice(start, at))) return false;
	const word = wordBefore(text, start, at);
	if (/^no$/i.test(word) && /\d/.test(text.charAt(next)) || ABBREVIATIONS.has(word.toLowerCase())) return false;
	return !(INITIALS.test(word) && (word.length > 1 || word !== word.toLowerCase())) || STARTERS.has(wordAfter(text, next).toLowerCase());
}
/** The letters and inner periods before a period: "e.g" for "(e.g.". */
function wordBefore(text, start, at) {
	const from = Math.max(start, at - MAX_WORD);
	return /[\p{L}.]*$/u.exec(text.slice(from, at))?.[0] ?? "";
}
function wordAfter(text, next) {
	let end = next;
	while (end < text.length && end - next < MAX_WORD && !isWhiteSpace(text.charCodeAt(end))) end += 1;
	return /\p{L}+/u.exec(text.slice(next, end))?.[0] ?? "";
}
// src/core/segment/sentence.ts
/** End marks that need no space after them. */
var FULL_WIDTH_ENDS = "。！？｡।";
var ENDS = ".!?…؟";
/** What may follow an end mark and still belong to its sentence: quotes, brackets, emphasis. */
var CLOSERS = "\"'”’»)]}*_`」』）】》";
var NEW_ITEM = /[^\S\n]*(?:\n|[-+*•][ \t]|#{1,6}[ \t]|\d{1,3}[.)][ \t])/y;
var BLANK_LINE = /\n[^\S\n]*\n/;
/** Cuts after sentences, at blank lines and before list items; never inside `$…$`. */
var sentence = {
	id: "sentence",
	label: "Sentences",
	description: "A step is a sentence; decimals, abbreviations, initials, ellipses and formulas do not end one.",
	pieces(text) {
		return piecesBetween(text, findEnds(text));
	}
};
function findEnds(text) {
	const ends = [];
	let start = 0;
	let at = 0;
	const cut = (end) => {
		ends.push(end);
		start = skipWhiteSpace(text, end, text.length);
	};
	while (at < text.length) {
		const char = text.charAt(at);
		if (char === "\\") at += 2;
		else if (char === "$") at = skipMath(text, at);
		else if (char === "\n") {
			at += 1;
			NEW_ITEM.lastIndex = at;
			if (NEW_ITEM.test(text)) cut(at);
		} else if (FULL_WIDTH_ENDS.includes(char)) {
			at = skipAny(text, at, FULL_WIDTH_ENDS + CLOSERS);
			cut(at);
		} else if (ENDS.includes(char)) {
			const markEnd = skipAny(text, at, ENDS);
			const end = skipAny(text, markEnd, CLOSERS);
			if (isEnd(text, start, at, markEnd, end)) cut(end);
			at = end;
		} else at += 1;
	}
	return ends;
}
/** Whether the end marks in `[at, markEnd)`, with closers up to `end`, end the sentence from `start`. */
function isEnd(text, start, at, markEnd, end) {
	if (end < text.length && !isWhiteSpace(text.charCodeAt(end))) return false;
	const marks = text.slice(at, markEnd);
	if (marks.includes("?") || marks.includes("؟")) return true;
	const next = skipWhiteSpace(text, end, text.length);
	if (marks.includes("!")) return startsLikeSentence(text, next);
	return marks === "." && startsLikeSentence(text, next) && isSentencePeriod(text, start, at, next);
}
/** The offset after the formula that opens at `at`, or after the dollar sign when it is only money. */
function skipMath(text, at) {
	const mark = text.startsWith("$$", at) ? "$$" : "$";
	const from = at + mark.length;
	const closing = text.indexOf(mark, from);
	if (closing < 0) return from;
	return mark === "$" && (isWhiteSpace(text.charCodeAt(from)) || isWhiteSpace(text.charCodeAt(closing - 1)) || BLANK_LINE.test(text.slice(from, closing))) ? from : closing + mark.length;
}
function skipAny(text, from, chars) {
	let at = from;
	while (at < text.length && chars.includes(text.charAt(at))) at += 1;
	return at;
}
// src/core/segment/step-marker.ts
var MARKER = /(#{1,6}[ \t]{0,8})?(\*\*|__)?step[ \t\u00a0]{1,4}\d{1,6}(.{0,8})/iy;
/** Punctuation that ends a marker; "Step 3.5" and "Steps 2-4" are prose. */
var AFTER_NUMBER = /^[ \t]{0,4}(?:\*\*|__)?[ \t]{0,4}(?:[:)–—]|[.-](?!\d))/;
/** Markup says as much as punctuation does: "## Step 2 Add up", "**Step 2** Add up". */
var AFTER_HEADING = /^(?:[ \t*_]|$)/;
var END_OF_BOLD = /^[ \t]{0,4}(?:\*\*|__)/;
/** Cuts before every "Step <number>" that starts a line; what precedes the first is a step too. */
var stepMarker = {
	id: "step-marker",
	label: "Step markers",
	description: "A step starts at a line such as “Step 2:”, “## Step 2” or “**Step 2**”.",
	pieces(text) {
		const cuts = [];
		forEachLine(text, (start, end) => {
			const from = skipWhiteSpace(text, start, end);
			if (from < end && isMarker(text, from)) cuts.push(from);
		});
		return piecesBetween(text, cuts);
	}
};
function isMarker(text, at) {
	MARKER.lastIndex = at;
	const match = MARKER.exec(text);
	if (match === null) return false;
	const [, heading, bold, rest = ""] = match;
	return AFTER_NUMBER.test(rest) || heading !== void 0 && AFTER_HEADING.test(rest) || bold !== void 0 && END_OF_BOLD.test(rest);
}
// src/core/segment/index.ts
/** The ways to cut a chain into steps, in the menu's order; the first is the default. */
/** Every strategy, default first. */
var STRATEGIES = [
	blankLine,
	paper,
	line,
	sentence,
	stepMarker,
	delimiter
];
/** Cuts a chain into steps, lane by lane, so that no step spans thinking and response. */
function segmentTrace(request) {
	const { problem, chain } = request;
	const strategy = assertDefined(STRATEGIES.find(({ id }) => id === request.strategy), `strategy ${request.strategy}`);
	const options = { delimiter: request.delimiter ?? "" };
	const split = splitLanes(chain);
	const steps = [];
	for (const { lane, start: offset, end: laneEnd } of split.ranges) for (const piece of strategy.pieces(chain.slice(offset, laneEnd), options)) {
		const start = offset + piece.start;
		const end = offset + piece.end;
		steps.push({
			index: steps.length,
			lane,
			start,
			end,
			text: chain.slice(start, end)
		});
	}
	return {
		problem,
		chain,
		steps,
		split
	};
}
// src/core/errors.ts
/** The project's error: `message` is a neutral fact with its numbers; advice is the host's. */
var AppError = class AppError extends Error {
	code;
	details;
	constructor(code, message, details = {}, cause) {
		super(message, cause === void 0 ? void 0 : { cause });
		this.name = "AppError";
		this.code = code;
		this.details = details;
	}
	/** Wraps anything thrown; an `AppError` passes through unchanged. */
	static from(thrown) {
		if (thrown instanceof AppError) return thrown;
		if (thrown instanceof DOMException && thrown.name === "AbortError") return new AppError("cancelled", "stopped", {}, thrown);
		const message = thrown instanceof Error ? thrown.message : String(thrown);
		return new AppError("internal", message, {}, thrown);
	}
};
/** Throws `cancelled` when the signal has been aborted. */
function throwIfAborted(signal) {
	if (signal.aborted) throw new AppError("cancelled", "stopped");
}
// src/core/manifest.ts
/**
* `stepscope.json`: what a model folder says about itself. It names the protocol, lists every file with
* its size and SHA-256, and carries a canary: a chain with the rewards the reference computed for it.
*/
var MANIFEST_FILE = "stepscope.json";
/** Larger than any published PRM's vocabulary of files needs; a manifest beyond it is not one. */
var MAX_FILES = 256;
var Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex"));
/** Relative, inside the folder: no empty, `.` or `..` part, no back slash, no scheme. */
var FilePath = v.pipe(v.string(), v.regex(/^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\:?#]+$/, "is not a path inside the model's folder"));
var Reward = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
var ManifestSchema = v.object({
	format: v.literal(1),
	id: v.pipe(v.string(), v.nonEmpty()),
	name: v.pipe(v.string(), v.nonEmpty()),
	protocol: v.pipe(v.string(), v.nonEmpty()),
	dtype: v.picklist([
		"fp32",
		"fp16",
		"q8",
		"q4",
		"q4f16"
	]),
	context: v.pipe(v.number(), v.integer(), v.minValue(1)),
	threshold: Reward,
	licence: v.pipe(v.string(), v.nonEmpty()),
	base: v.optional(v.string()),
	files: v.pipe(v.array(v.object({
		path: FilePath,
		size: v.pipe(v.number(), v.integer(), v.minValue(0)),
		sha256: Sha256
	})), v.minLength(1), v.maxLength(MAX_FILES)),
	canary: v.object({
		problem: v.string(),
		steps: v.pipe(v.array(v.string()), v.minLength(1)),
		rewards: v.array(Reward),
		trajectory_reward: v.optional(Reward),
		tolerance: v.pipe(v.number(), v.minValue(0), v.maxValue(.1))
	})
});
/**
* Checks a parsed `stepscope.json`.
* @throws AppError `malformed-file`, naming the field.
*/
function parseManifest(value, modelId) {
	const result = v.safeParse(ManifestSchema, value);
	if (!result.success) {
		const issue = result.issues[0];
		throw new AppError("malformed-file", `${modelId}: ${MANIFEST_FILE} is wrong at ${v.getDotPath(issue) ?? "the top level"}: ${issue.message}`);
	}
	const { canary } = result.output;
	if (canary.rewards.length !== canary.steps.length) throw new AppError("malformed-file", `${modelId}: ${MANIFEST_FILE} has ${canary.steps.length} canary steps but ${canary.rewards.length} rewards`);
	return result.output;
}
/** Sum of the sizes the manifest declares, in bytes. */
function manifestSize(manifest) {
	return manifest.files.reduce((sum, file) => sum + file.size, 0);
}
// src/core/protocols/marked-chat.ts
/**
* Stand-ins for what a person typed, so that the chat template is rendered by the checkpoint's own code
* and its text can still be told from theirs. Plane 15 is private use: no template contains it.
*/
var OPEN = "󵰎";
var SLOT = /\u{F5C0E}(\d+);/u;
function slot(index) {
	return `${OPEN}${index};`;
}
/**
* A chat whose assistant turn is the steps, each followed by a marker special token; the whole string is
* tokenized at once, as the model cards of Qwen2.5-Math-PRM and ReasonFlux-PRM-7B do.
*/
function renderMarkedChat({ problem, steps }, chat, { system, marker }) {
	const typed = [{
		origin: "problem",
		text: problem
	}];
	let assistant = "";
	for (const [step, text] of steps.entries()) {
		assistant += slot(typed.length);
		typed.push({
			origin: "step",
			text,
			step
		});
		assistant += slot(typed.length);
		typed.push({
			origin: "template",
			text: marker,
			step,
			marker: true
		});
	}
	return [chat([
		...system === void 0 ? [] : [{
			role: "system",
			content: system
		}],
		{
			role: "user",
			content: slot(0)
		},
		{
			role: "assistant",
			content: assistant
		}
	]).split(SLOT).map((text, index) => index % 2 === 0 ? {
		origin: "template",
		text
	} : typed[Number(text)]).filter((part) => part !== void 0 && part.text !== "")];
}
// src/core/protocols/index.ts
/** Every protocol Stepscope can run; one file each, one line here. */
var PROTOCOLS = [
	{
		id: "stepscope-prm",
		label: "Stepscope PRM (token hazard)",
		source: "Model card of stepscope-prm, in public/models/stepscope-prm/README.md",
		readout: { kind: "token-hazard" },
		threshold: .25,
		render: ({ problem, steps }) => [[
			{
				origin: "template",
				text: "<|im_start|>user\n"
			},
			{
				origin: "problem",
				text: problem
			},
			{
				origin: "template",
				text: "<|im_end|>\n<|im_start|>assistant\n"
			}
		], ...steps.flatMap((text, step) => [[{
			origin: "step",
			text,
			step
		}], [{
			origin: "template",
			text: "\n",
			step
		}]])]
	},
	{
		id: "qwen2.5-math-prm",
		label: "Qwen2.5-Math-PRM",
		source: "https://huggingface.co/Qwen/Qwen2.5-Math-PRM-7B",
		readout: {
			kind: "step-classifier",
			classes: 2,
			positive: 1
		},
		threshold: .5,
		render: (input, chat) => renderMarkedChat(input, chat, {
			system: "Please reason step by step, and put your final answer within \\boxed{}.",
			marker: "<extra_0>"
		})
	},
	{
		id: "reasonflux-prm-7b",
		label: "ReasonFlux-PRM-7B",
		source: "arXiv 2506.18896; https://huggingface.co/Gen-Verse/ReasonFlux-PRM-7B",
		readout: {
			kind: "step-classifier",
			classes: 2,
			positive: 1
		},
		threshold: .5,
		render: (input, chat) => renderMarkedChat(input, chat, { marker: "<extra_0>" })
	}
];
/** @throws AppError `unsupported-model` when no protocol has that id. */
function protocolById(id) {
	const found = PROTOCOLS.find((protocol) => protocol.id === id);
	if (found === void 0) throw new AppError("unsupported-model", `protocol "${id}" is not known; known are ${PROTOCOLS.map((protocol) => protocol.id).join(", ")}`);
	return found;
}
// src/engine/kv-cache.ts
var PRESENT = "present.";
var PAST = "past_key_values.";
/** Owns the key-value cache between chunks of one sequence. The only file that disposes tensors. */
var KvCache = class {
	#past;
	/** The `past_key_values` to feed; `undefined` before the first chunk (transformers.js makes empty ones). */
	get past() {
		return this.#past;
	}
	/** Takes the `present.*` outputs of a forward pass and frees the tensors they replace. */
	replace(outputs) {
		const old = this.#past;
		this.#past = Object.fromEntries(Object.entries(outputs).filter(([name]) => name.startsWith(PRESENT)).map(([name, tensor]) => [PAST + name.slice(8), tensor]));
		disposeAll(old);
	}
	clear() {
		const old = this.#past;
		this.#past = void 0;
		disposeAll(old);
	}
};
function disposeAll(tensors) {
	for (const tensor of Object.values(tensors ?? {})) tensor.dispose();
}
// src/engine/prefix-plan.ts
/**
* How many leading positions of `wanted` need no computing, given what the cache holds.
*
* The cache grows and cannot be cut back, so it is kept whole or not at all; it is reusable when every
* position was fed exactly what the new prompt would feed there.
*/
function planPrefix(cached, wanted) {
	const { length } = cached.ids;
	if (length > wanted.ids.length) return 0;
	for (let index = 0; index < length; index += 1) if (cached.ids[index] !== wanted.ids[index] || cached.nextIds[index] !== wanted.nextIds[index]) return 0;
	return length;
}
// src/engine/forward-pass.ts
/**
* One sequence going through the model in chunks: feeds tokens with the key-value cache of what came before
* and keeps the logits of every position. Knows nothing of steps or rewards.
*/
function int64(values) {
	return new Tensor("int64", BigInt64Array.from(values, BigInt), [1, values.length]);
}
var ForwardPass = class {
	width;
	#model;
	#lost;
	#cache = new KvCache();
	#ids = [];
	#nextIds = [];
	#rows = [];
	/**
	* @param width Logits a token.
	* @param lost Settles when the device is lost.
	*/
	constructor(model, width, lost) {
		this.#model = model;
		this.width = width;
		this.#lost = lost;
	}
	/** Number of tokens computed so far. */
	get length() {
		return this.#ids.length;
	}
	row(token) {
		const row = this.#rows[token];
		if (row === void 0) throw new AppError("internal", `token ${token} has no logits yet`);
		return Array.from(row);
	}
	/** Starts a sequence and returns how many of its leading tokens are already computed. */
	start(wanted) {
		const keep = planPrefix({
			ids: this.#ids,
			nextIds: this.#nextIds
		}, wanted);
		if (keep === 0) this.reset();
		return keep;
	}
	/**
	* Computes the tokens after those already computed.
	* @throws AppError `device-lost` | `out-of-memory` | `internal`; the cache is then empty.
	*/
	async feed({ ids, nextIds }) {
		const total = this.length + ids.length;
		try {
			const outputs = await Promise.race([this.#model({
				input_ids: int64(ids),
				attention_mask: int64(new Array(total).fill(1)),
				next_ids: int64(nextIds),
				...this.#cache.past === void 0 ? {} : { past_key_values: this.#cache.past }
			}), this.#lost.then((why) => {
				throw new AppError("device-lost", `the graphics device was lost: ${why}`);
			})]);
			this.#keep(outputs, ids, nextIds);
		} catch (thrown) {
			this.reset();
			throw classify(thrown);
		}
	}
	#keep(outputs, ids, nextIds) {
		const { logits } = outputs;
		const shape = logits?.dims ?? [];
		if (logits === void 0 || shape.join() !== [
			1,
			ids.length,
			this.width
		].join()) throw new AppError("unsupported-model", `the model's logits have shape [${shape.join(", ")}], not [1, ${ids.length}, ${this.width}]`);
		const { data } = logits;
		if (!(data instanceof Float32Array)) throw new AppError("unsupported-model", `the model's logits are ${logits.type}, not float32`);
		for (let token = 0; token < ids.length; token += 1) this.#rows.push(data.slice(token * this.width, (token + 1) * this.width));
		this.#ids.push(...ids);
		this.#nextIds.push(...nextIds);
		this.#cache.replace(outputs);
	}
	reset() {
		this.#ids = [];
		this.#nextIds = [];
		this.#rows = [];
		this.#cache.clear();
	}
};
/** Gives a runtime's exception the code that decides what happens next. */
function classify(thrown) {
	const error = AppError.from(thrown);
	if (error.code !== "internal") return error;
	if (/device.*(lost|destroyed|hung)|external Instance reference/i.test(error.message)) return new AppError("device-lost", `the graphics device was lost: ${error.message}`, {}, thrown);
	if (/out of memory|bad_alloc|allocat/i.test(error.message)) return new AppError("out-of-memory", `the device ran out of memory: ${error.message}`, {}, thrown);
	return new AppError("internal", `the forward pass failed: ${error.message}`, {}, thrown);
}
// src/core/protocols/align-tokens.ts
/**
* Byte-level BPE writes each byte of the UTF-8 text as one printable character (GPT-2's
* `bytes_to_unicode`), so a token's length in characters is its length in bytes.
*/
var BYTE_LEVEL_CHARS = /^[\u0021-\u007e\u00a1-\u00ac\u00ae-\u0143]*$/;
/** UTF-8 length of the character at `offset`; a lone surrogate is encoded as U+FFFD, three bytes. */
function utf8Length(codePoint) {
	if (codePoint < 128) return 1;
	if (codePoint < 2048) return 2;
	return codePoint < 65536 ? 3 : 4;
}
/**
* Places the tokens of a byte-level tokenizer on the text they came from.
*
* @param tokens The tokens as the vocabulary writes them.
* @returns One half-open range of UTF-16 offsets a token, in order. A token that holds only a part of a
*   character covers that whole character. `undefined` when the tokens do not spell the text (another
*   kind of tokenizer, a normalizer that rewrote it): then nothing can be placed truthfully.
*/
function alignTokens(text, tokens) {
	const starts = [];
	for (let offset = 0; offset < text.length;) {
		const codePoint = text.codePointAt(offset) ?? 0;
		for (let byte = 0; byte < utf8Length(codePoint); byte += 1) starts.push(offset);
		offset += codePoint > 65535 ? 2 : 1;
	}
	const ranges = [];
	let byte = 0;
	for (const token of tokens) {
		if (!BYTE_LEVEL_CHARS.test(token)) return;
		const first = starts[byte];
		const end = byte + token.length;
		if (first === void 0 || end > starts.length) return;
		const last = starts[end - 1] ?? first;
		const lastWidth = (text.codePointAt(last) ?? 0) > 65535 ? 2 : 1;
		ranges.push([first, last + lastWidth]);
		byte = end;
	}
	return byte === starts.length ? ranges : void 0;
}
// src/engine/readout.ts
/**
* Logits to step scores. Rows are gathered by position from raw float32 logits, and probabilities are
* computed from them here; nothing is ever filtered by value (a softmax that underflows to 0 is still a
* reward), so scores cannot shift from one step to another.
*/
function sigmoid(x) {
	return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}
/** log(1 + e^x) without overflow. */
function softplus(x) {
	return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
/** Softmax probability of `index` among `logits`, in float64. */
function softmaxAt(logits, index) {
	const top = Math.max(...logits);
	const sum = logits.reduce((total, logit) => total + Math.exp(logit - top), 0);
	return Math.exp(assertDefined(logits[index], "logit") - top) / sum;
}
/** Columns of the token-hazard head; see `core/protocols/stepscope-prm.ts`. */
var NEXT = 0;
var SELF = 1;
var VALUE = 2;
var HAZARD_WIDTH = 3;
function column(rows, token, index) {
	return assertDefined(rows.row(token)[index], "logit column");
}
function readTokenHazard(step, rows) {
	const [start, end] = step.encoded.tokens;
	const hazardLogits = [];
	for (let token = start; token < end; token += 1) hazardLogits.push(column(rows, token - 1, NEXT) + column(rows, token, SELF));
	const survival = -hazardLogits.reduce((total, logit) => total + softplus(logit), 0);
	const positions = hazardLogits.map((_, index) => start + index);
	const ranges = alignHazards(step, hazardLogits);
	return {
		index: step.index,
		reward: Math.exp(survival),
		value: sigmoid(column(rows, end - 1, VALUE)),
		...ranges === void 0 ? {} : { hazards: ranges },
		read: {
			tokens: step.encoded.tokens,
			positions,
			logits: positions.map((token) => rows.row(token))
		}
	};
}
/** The last token is the separator: its hazard is placed at the end of the text, with no width. */
function alignHazards(step, logits) {
	const ranges = alignTokens(step.text, step.tokens.slice(0, -1));
	if (ranges === void 0) return;
	const { length } = step.text;
	return [...ranges, [length, length]].map(([start, end], index) => ({
		start,
		end,
		hazard: sigmoid(assertDefined(logits[index], "hazard logit"))
	}));
}
function readStepClassifier(step, rows, { positive }) {
	const position = assertDefined(step.encoded.marker, "marker position");
	const logits = rows.row(position);
	return {
		index: step.index,
		reward: softmaxAt(logits, positive),
		read: {
			tokens: step.encoded.tokens,
			positions: [position],
			logits: [logits]
		}
	};
}
/**
* The score of one step, once all its tokens are computed.
* @throws AppError `internal` when a logit is not finite: a device that overflowed has no reward to show.
*/
function readStep(readout, step, rows) {
	const score = readByKind(readout, step, rows);
	if (!Number.isFinite(score.reward)) throw new AppError("internal", `the model returned a number that is not finite at step ${step.index + 1}`);
	return score;
}
function readByKind(readout, step, rows) {
	switch (readout.kind) {
		case "token-hazard": return readTokenHazard(step, rows);
		case "step-classifier": return readStepClassifier(step, rows, readout);
		default: return assertNever(readout, "read-out");
	}
}
/** The model's reward for the whole trajectory, read at its last token; `undefined` when it has none. */
function readTrajectory(readout, last, rows) {
	switch (readout.kind) {
		case "token-hazard": return sigmoid(column(rows, last, VALUE));
		case "step-classifier": return;
		default: return assertNever(readout, "read-out");
	}
}
/** Number of logits a token the read-out expects. */
function logitWidth(readout) {
	switch (readout.kind) {
		case "token-hazard": return HAZARD_WIDTH;
		case "step-classifier": return readout.classes;
		default: return assertNever(readout, "read-out");
	}
}
// src/core/protocols/encode-prompt.ts
/**
* Turns a rendered prompt into token ids and read positions. Special tokens come only from template text:
* each piece is cut at them there, and everything else is encoded by a tokenizer that does not know them,
* so `<extra_0>` or `<|im_end|>` typed by a person stays text and cannot forge a step or a role.
*/
function specialPattern(tokenizer) {
	const escaped = [...tokenizer.specialTokens.keys()].sort((a, b) => b.length - a.length).map((content) => content.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
	return escaped.length === 0 ? void 0 : new RegExp(`(${escaped.join("|")})`);
}
/** Cuts a piece at the special tokens of its template parts; neighbouring text stays together. */
function toRuns(piece, tokenizer, pattern) {
	const runs = [];
	let text = [];
	const flush = () => {
		if (text.length > 0) {
			runs.push({ parts: text });
			text = [];
		}
	};
	for (const part of piece) {
		if (part.origin !== "template" || pattern === void 0) {
			text.push(part);
			continue;
		}
		for (const stretch of part.text.split(pattern)) {
			const special = tokenizer.specialTokens.get(stretch);
			if (special !== void 0) {
				flush();
				runs.push({
					special,
					parts: [{
						...part,
						text: stretch
					}]
				});
			} else if (stretch !== "") text.push({
				...part,
				text: stretch
			});
		}
	}
	flush();
	return runs;
}
/** The part each token of a run starts in; all of them in the last part when they cannot be placed. */
function owners(run, text, ids, tokenizer) {
	const last = run.parts.at(-1);
	if (last === void 0) return [];
	const ranges = run.parts.length === 1 ? void 0 : alignTokens(text, ids.map((id) => tokenizer.tokenOf(id)));
	if (ranges === void 0) return ids.map(() => last);
	let index = 0;
	let end = run.parts[0]?.text.length ?? 0;
	return ranges.map(([start]) => {
		while (start >= end && index < run.parts.length - 1) {
			index += 1;
			end += run.parts[index]?.text.length ?? 0;
		}
		return run.parts[index] ?? last;
	});
}
/**
* Encodes the pieces up to the model's context.
*
* @param context Longest input in tokens. Steps that do not fit whole are left out, never cut.
* @throws AppError `bad-input` when not even the first step fits, `internal` when a read position is lost.
*/
function encodePrompt(pieces, stepCount, tokenizer, context) {
	const pattern = specialPattern(tokenizer);
	const specialIds = new Set(tokenizer.specialTokens.values());
	const ids = [];
	const ranges = /* @__PURE__ */ new Map();
	const push = (id, part) => {
		const at = ids.length;
		ids.push(id);
		if (part?.step === void 0) return;
		const range = ranges.get(part.step) ?? {
			start: at,
			end: at
		};
		range.end = at + 1;
		if (part.marker === true) range.marker = at;
		ranges.set(part.step, range);
	};
	for (const piece of pieces) for (const run of toRuns(piece, tokenizer, pattern)) {
		if (ids.length > context) break;
		if (run.special !== void 0) {
			push(run.special, run.parts[0]);
			continue;
		}
		const text = run.parts.map((part) => part.text).join("");
		const encoded = tokenizer.encodeText(text);
		if (encoded.some((id) => specialIds.has(id))) throw new AppError("internal", "text was encoded as a special token");
		const parts = owners(run, text, encoded, tokenizer);
		for (const [index, id] of encoded.entries()) push(id, parts[index]);
	}
	return cutToContext(ids, ranges, stepCount, context);
}
function cutToContext(ids, ranges, stepCount, context) {
	const steps = [];
	for (let step = 0; step < stepCount; step += 1) {
		const range = ranges.get(step);
		if (range === void 0 || range.end > context) break;
		steps.push({
			tokens: [range.start, range.end],
			...range.marker === void 0 ? {} : { marker: range.marker }
		});
	}
	if (ids.length <= context) {
		if (steps.length !== stepCount) throw new AppError("internal", `${steps.length} read positions for ${stepCount} steps`);
		return {
			ids,
			steps
		};
	}
	const end = steps.at(-1)?.tokens[1];
	if (end === void 0) throw new AppError("bad-input", `the problem and the first step take more than the ${context.toLocaleString("en-US")} tokens this model reads at once`);
	return {
		ids: ids.slice(0, end),
		steps
	};
}
// src/engine/chunk-size.ts
/** Rewards appear, and Stop takes effect, about this often. */
var TARGET_MS = 400;
var SMALLEST = 16;
var LARGEST = 512;
/**
* Picks how many tokens the next forward pass takes, from the speed of the last one, so that a pass takes
* about 400 ms on whatever device this is. Changes by at most a factor of two a step: the first pass on a
* device also compiles shaders, and says little about the next.
*/
var ChunkSize = class {
	#tokens = 32;
	get tokens() {
		return this.#tokens;
	}
	measured(tokens, duration) {
		const ideal = tokens * TARGET_MS / Math.max(duration, 1);
		const bounded = Math.min(Math.max(ideal, this.#tokens / 2), this.#tokens * 2);
		this.#tokens = Math.round(Math.min(Math.max(bounded, SMALLEST), LARGEST));
	}
};
// src/engine/score-trace.ts
/**
* One pass over a trace: encodes the prompt, feeds it in chunks, and reads every step whose tokens are
* complete after each chunk.
*/
async function scoreTrace(model, request, ctx, options = {}) {
	if (request.steps.length === 0) throw new AppError("bad-input", "the chain of thought has no steps");
	const { tokenizer, protocol, forward } = model;
	const encoded = encodePrompt(protocol.render(request, tokenizer.chat), request.steps.length, tokenizer, model.context);
	const fed = withNextIds(encoded, tokenizer);
	const reused = forward.start(fed);
	const scores = [];
	const readUpTo = (done) => {
		const fresh = [];
		for (;;) {
			const index = scores.length;
			const step = encoded.steps[index];
			if (step === void 0 || step.tokens[1] > done) return fresh;
			const score = readStep(protocol.readout, stepToRead(request, encoded, index, tokenizer), forward);
			scores.push(score);
			fresh.push(score);
		}
	};
	const total = fed.ids.length;
	if (reused > 0) ctx.emit({
		steps: readUpTo(reused),
		tokensDone: reused,
		tokensTotal: total
	});
	const chunk = new ChunkSize();
	let duration = 0;
	let chunks = 0;
	while (forward.length < total && !ctx.signal.aborted) {
		const from = forward.length;
		const to = Math.min(total, from + (options.chunkTokens ?? chunk.tokens));
		const started = performance.now();
		await forward.feed({
			ids: fed.ids.slice(from, to),
			nextIds: fed.nextIds.slice(from, to)
		});
		const elapsed = performance.now() - started;
		chunk.measured(to - from, elapsed);
		duration += elapsed;
		chunks += 1;
		ctx.emit({
			steps: readUpTo(to),
			tokensDone: to,
			tokensTotal: total
		});
		await new Promise((resolve) => setTimeout(resolve, 0));
	}
	const stepCount = request.steps.length;
	const trajectoryReward = scores.length === stepCount && forward.length >= total ? readTrajectory(protocol.readout, total - 1, forward) : void 0;
	return {
		steps: scores,
		stepCount,
		...scores.length === stepCount ? {} : { notScored: {
			from: scores.length,
			reason: scores.length === encoded.steps.length ? "beyond-context" : "stopped"
		} },
		...trajectoryReward === void 0 ? {} : { trajectoryReward },
		prompt: promptView(encoded, tokenizer),
		timing: {
			forward: duration,
			tokens: forward.length - reused,
			reused,
			chunks
		}
	};
}
/**
* The id announced after each position. After the last one nothing follows; the model card feeds a newline
* there, and no reward depends on it.
*/
function withNextIds({ ids }, tokenizer) {
	const newline = assertDefined(tokenizer.encodeText("\n")[0], "newline token");
	return {
		ids,
		nextIds: [...ids.slice(1), newline]
	};
}
function stepToRead(request, { ids, steps }, index, tokenizer) {
	const encoded = assertDefined(steps[index], "encoded step");
	return {
		index,
		text: assertDefined(request.steps[index], "step text"),
		encoded,
		tokens: ids.slice(...encoded.tokens).map((id) => tokenizer.tokenOf(id))
	};
}
function promptView({ ids }, tokenizer) {
	return {
		ids,
		tokens: ids.map((id) => tokenizer.decode([id])),
		text: tokenizer.decode(ids)
	};
}
// src/engine/self-test.ts
/**
* Scores the manifest's canary on this device and compares with the rewards stored there. A wrong device
* returns finite, plausible numbers; only numbers known beforehand can tell. It also warms the shaders up.
*
* @throws AppError `self-test-failed` when any reward is off by more than the manifest's tolerance.
*/
async function runSelfTest(model, { canary }, signal) {
	const started = performance.now();
	const scored = await scoreTrace(model, {
		problem: canary.problem,
		steps: canary.steps
	}, {
		signal,
		emit: () => void 0
	}, { chunkTokens: model.context });
	throwIfAborted(signal);
	model.forward.reset();
	const deltas = canary.rewards.map((expected, index) => Math.abs(expected - (scored.steps[index]?.reward ?? NaN)));
	if (canary.trajectory_reward !== void 0) deltas.push(Math.abs(canary.trajectory_reward - (scored.trajectoryReward ?? NaN)));
	const maxDelta = Math.max(...deltas);
	if (!(maxDelta <= canary.tolerance)) throw new AppError("self-test-failed", `the self-test failed: rewards computed here are off by ${maxDelta.toFixed(3)}, more than ${canary.tolerance}`, {
		maxDelta,
		tolerance: canary.tolerance
	});
	return {
		maxDelta,
		tolerance: canary.tolerance,
		duration: performance.now() - started
	};
}
// src/engine/tokenizer.ts
var TokenizerJson = v.looseObject({ added_tokens: v.array(v.looseObject({
	id: v.number(),
	content: v.string(),
	special: v.boolean()
})) });
var TokenizerParts = v.looseObject({
	_tokenizerJSON: TokenizerJson,
	_tokenizerConfig: v.looseObject({})
});
/**
* Makes the two tokenizers a prompt needs from one: the map of special tokens, and a twin that has never
* heard of them, for everything a person typed.
*/
function createPromptTokenizer(tokenizer, chatTemplate) {
	const { _tokenizerJSON: json, _tokenizerConfig: config } = v.parse(TokenizerParts, { ...tokenizer });
	const special = json.added_tokens.filter((token) => token.special);
	const plain = new PreTrainedTokenizer({
		...json,
		added_tokens: json.added_tokens.filter((token) => !token.special)
	}, config);
	const words = vocabulary(json);
	return {
		specialTokens: new Map(special.map((token) => [token.content, token.id])),
		encodeText: (text) => text === "" ? [] : plain.encode(text, { add_special_tokens: false }),
		tokenOf: (id) => assertDefined(words.get(id), `token ${id}`),
		decode: (ids) => tokenizer.decode([...ids], {
			skip_special_tokens: false,
			clean_up_tokenization_spaces: false
		}),
		chat: (messages) => {
			const template = chatTemplate ?? tokenizer.chat_template;
			if (typeof template !== "string") throw new AppError("unsupported-model", "the protocol needs a chat template and the tokenizer has none");
			const rendered = tokenizer.apply_chat_template([...messages], {
				chat_template: template,
				tokenize: false,
				add_generation_prompt: false
			});
			return String(rendered);
		}
	};
}
var VocabularyJson = v.looseObject({ model: v.looseObject({ vocab: v.record(v.string(), v.number()) }) });
/** Id to token, as the vocabulary writes it (byte-level characters and all). */
function vocabulary(json) {
	const { vocab } = v.parse(VocabularyJson, json).model;
	const words = new Map(Object.entries(vocab).map(([token, id]) => [id, token]));
	for (const { id, content } of json.added_tokens) words.set(id, content);
	return words;
}
/** Newer checkpoints keep their chat template beside tokenizer_config.json; transformers.js reads only that one. */
var CHAT_TEMPLATE_FILE = "chat_template.jinja";
/** Loads the tokenizer of a model whose files have been provided. */
async function loadTokenizer({ pretrainedId, readText }) {
	return createPromptTokenizer(await AutoTokenizer.from_pretrained(pretrainedId), await readText(CHAT_TEMPLATE_FILE));
}
// src/engine/local-scorer.ts
/** The Scorer that does the work. Everything about where it runs comes from its host. */
var LocalScorer = class {
	#host;
	#loaded;
	/** One job at a time: ONNX Runtime's sessions are not re-entrant. */
	#queue = Promise.resolve();
	constructor(host) {
		this.#host = host;
	}
	load(params, ctx) {
		return this.#enqueue(() => this.#load(params, ctx));
	}
	score(params, ctx) {
		return this.#enqueue(() => {
			if (this.#loaded === void 0) throw new AppError("bad-input", "no model is loaded");
			return scoreTrace(this.#loaded.scoring, params, ctx);
		});
	}
	#enqueue(job) {
		const result = this.#queue.then(job);
		this.#queue = result.catch(() => void 0);
		return result;
	}
	async #load({ model, device, refused = [] }, ctx) {
		throwIfAborted(ctx.signal);
		await this.#loaded?.release();
		this.#loaded = void 0;
		const candidates = await this.#host.devices(device);
		const candidate = candidates[refused.length];
		if (candidate === void 0) throw new AppError("internal", "no device is left to try");
		const info = {
			...candidate.info,
			reason: refused.at(-1) ?? candidate.info.reason
		};
		ctx.emit({
			phase: "device",
			device: info
		});
		const provided = await this.#host.provideModel(model, ctx);
		const protocol = protocolById(provided.manifest.protocol);
		throwIfAborted(ctx.signal);
		ctx.emit({
			phase: "compile",
			device: info
		});
		const tokenizer = await loadTokenizer(provided);
		try {
			const opened = await open$1(provided, info, await candidate.open());
			const scoring = {
				protocol,
				tokenizer,
				context: provided.manifest.context,
				forward: opened.forward
			};
			this.#loaded = {
				scoring,
				release: opened.release
			};
			throwIfAborted(ctx.signal);
			ctx.emit({
				phase: "self-test",
				device: info
			});
			const selfTest = await runSelfTest(scoring, provided.manifest, ctx.signal);
			return summarize(provided.manifest, info, selfTest);
		} catch (thrown) {
			await this.#loaded?.release().catch(() => void 0);
			this.#loaded = void 0;
			throw refuse(AppError.from(thrown), info, candidates.length - refused.length - 1);
		}
	}
};
async function open$1({ manifest, pretrainedId }, info, device) {
	try {
		const model = await AutoModelForCausalLM.from_pretrained(pretrainedId, {
			dtype: manifest.dtype,
			device: info.id,
			session_options: device.sessionOptions
		});
		const forward = new ForwardPass(model, logitWidth(protocolById(manifest.protocol).readout), device.lost);
		const release = async () => {
			forward.reset();
			await model.dispose();
			device.release();
		};
		return {
			forward,
			release
		};
	} catch (thrown) {
		device.release();
		throw thrown;
	}
}
/** Adds what is needed to go on with the next device: its name and how many are left. */
function refuse(error, info, left) {
	return new AppError(error.code, error.message, {
		...error.details,
		device: info.label,
		devicesLeft: left
	}, error);
}
function summarize(manifest, device, selfTest) {
	return {
		id: manifest.id,
		name: manifest.name,
		protocol: manifest.protocol,
		dtype: manifest.dtype,
		licence: manifest.licence,
		size: manifestSize(manifest),
		context: manifest.context,
		threshold: manifest.threshold,
		device,
		selfTest
	};
}
// src/engine/verify-file.ts
/**
* Passes a file's bytes on while hashing them, and throws at the end unless size and SHA-256 are those of
* the manifest. Whoever consumes the bytes must not use them before the generator has returned.
* @throws AppError `malformed-file`
*/
async function* verified(file, bytes) {
	const hasher = await createSHA256();
	let size = 0;
	for await (const chunk of bytes) {
		size += chunk.length;
		if (size > file.size) break;
		hasher.update(chunk);
		yield chunk;
	}
	if (size !== file.size) {
		const what = size > file.size ? "is longer than" : "is cut short:";
		const numbers = size > file.size ? `its ${count(file.size)} bytes` : `${count(size)} of ${count(file.size)} bytes`;
		throw new AppError("malformed-file", `${file.path} ${what} ${numbers}`, { file: file.path });
	}
	if (hasher.digest("hex") !== file.sha256) throw new AppError("malformed-file", `${file.path} does not match the SHA-256 in the model's manifest`, { file: file.path });
}
function count(bytes) {
	return bytes.toLocaleString("en-US");
}
// src/cli/node-host.ts
/** The engine's surroundings in Node: model folders on disk, verified, and the CPU. */
async function provideModel(model, ctx) {
	if (model.location === void 0) throw new AppError("unsupported-model", `${model.id} is not a folder on this machine`);
	const folder = resolve(model.location);
	const manifest = parseManifest(await readJson(join(folder, MANIFEST_FILE)), model.id);
	const total = manifestSize(manifest);
	let loaded = 0;
	for (const file of manifest.files) {
		for await (const chunk of verified(file, createReadStream(join(folder, file.path)))) {
			throwIfAborted(ctx.signal);
			loaded += chunk.length;
		}
		ctx.emit({
			phase: "download",
			loaded,
			total,
			cached: true
		});
	}
	env.allowLocalModels = true;
	env.allowRemoteModels = false;
	env.localModelPath = `${dirname(folder)}/`;
	const paths = new Set(manifest.files.map((file) => file.path));
	return {
		manifest,
		pretrainedId: basename(folder),
		readText: async (path) => paths.has(path) ? readFile(join(folder, path), "utf8") : void 0
	};
}
async function readJson(path) {
	let text;
	try {
		text = await readFile(path, "utf8");
	} catch (cause) {
		throw new AppError("unsupported-model", `${path} cannot be read: it is not a model folder`, {}, cause);
	}
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new AppError("malformed-file", `${path} is not JSON`, {}, cause);
	}
}
var threads = availableParallelism();
/** Model folders and the CPU. */
var nodeHost = {
	provideModel,
	devices: () => Promise.resolve([{
		info: {
			id: "cpu",
			label: `CPU, ${threads} threads`,
			reason: "Node runs models on the CPU"
		},
		open: () => Promise.resolve({
			sessionOptions: { executionProviders: ["cpu"] },
			lost: new Promise(() => void 0),
			release: () => void 0
		})
	}])
};
// src/cli/with-scorer.ts
/** What every command that scores does around its own work: opens the model, listens for Ctrl-C, reports failure. */
/** The embedded model, beside the built command. */
var EMBEDDED_MODEL = fileURLToPath(new URL("../public/models/stepscope-prm", import.meta.url));
var EXIT_FAILED = 1;
var EXIT_USAGE = 2;
/** 128 + SIGINT, as shells count. */
var EXIT_INTERRUPTED = 130;
function exitCode(code) {
	switch (code) {
		case "cancelled": return EXIT_INTERRUPTED;
		case "bad-input": return EXIT_USAGE;
		default: return EXIT_FAILED;
	}
}
/** One line to the person at the terminal. Results go to stdout, everything else here. */
function say(line) {
	process.stderr.write(`${line}\n`);
}
/** Loads the model and runs `work`; any error becomes one sentence on stderr and an exit code. */
async function withScorer(folder, work) {
	const controller = new AbortController();
	const interrupt = () => controller.abort();
	process.once("SIGINT", interrupt);
	try {
		const scorer = new LocalScorer(nodeHost);
		const { signal } = controller;
		await work({
			scorer,
			model: await scorer.load({ model: {
				id: basename(folder),
				location: folder
			} }, {
				signal,
				emit: () => void 0
			}),
			signal
		});
	} catch (thrown) {
		const error = AppError.from(thrown);
		say(`stepscope: ${error.message}`);
		process.exitCode = exitCode(error.code);
	} finally {
		process.off("SIGINT", interrupt);
	}
}
// src/cli/commands/gallery.ts
/** A chain as it is written by hand; texts are lists of lines so that they can be read in an editor. */
var Chain = v.object({
	order: v.number(),
	title: v.string(),
	kind: v.string(),
	note: v.string(),
	source: v.optional(v.string()),
	strategy: v.optional(v.picklist(STRATEGIES.map(({ id }) => id)), "blank-line"),
	problem: v.array(v.string()),
	chain: v.array(v.string())
});
/** Enough to show and compare; full float64 would double the file for nothing a screen can show. */
var DIGITS = 6;
var gallery = defineCommand({
	meta: {
		name: "gallery",
		description: "Scores the chains of a gallery folder (chains/*.json) into scored/gallery.json."
	},
	args: {
		folder: {
			type: "positional",
			description: "Gallery folder",
			required: true
		},
		model: {
			type: "string",
			description: "Model folder",
			default: EMBEDDED_MODEL,
			valueHint: "folder"
		}
	},
	run: ({ args }) => withScorer(args.model, async ({ scorer, model, signal }) => {
		const chains = await readChains(join(args.folder, "chains"));
		const entries = [];
		for (const { id, chain } of chains) {
			const { order: _, ...entry } = chain;
			const problem = chain.problem.join("\n");
			const text = chain.chain.join("\n");
			const trace = segmentTrace({
				problem,
				chain: text,
				strategy: chain.strategy
			});
			const scored = await scorer.score({
				problem,
				steps: trace.steps.map((step) => step.text)
			}, {
				signal,
				emit: () => void 0
			});
			say(`${id}: ${scored.steps.map((step) => step.reward.toFixed(2)).join(" ")}`);
			entries.push({
				id,
				...entry,
				problem,
				chain: text,
				modelId: model.id,
				scored: compact(scored)
			});
		}
		const out = join(args.folder, "scored", "gallery.json");
		await writeFile(out, `${JSON.stringify(entries)}\n`);
		say(`${entries.length} chains written to ${out}`);
	})
});
async function readChains(folder) {
	const files = (await readdir(folder)).filter((name) => name.endsWith(".json"));
	return (await Promise.all(files.map(async (name) => ({
		id: name.slice(0, -5),
		chain: v.parse(Chain, JSON.parse(await readFile(join(folder, name), "utf8")))
	})))).sort((a, b) => a.chain.order - b.chain.order);
}
function round(value) {
	return Number(value.toPrecision(DIGITS));
}
/** The same result with fewer digits. */
function compact(scored) {
	return {
		...scored,
		...scored.trajectoryReward === void 0 ? {} : { trajectoryReward: round(scored.trajectoryReward) },
		steps: scored.steps.map((step) => ({
			...step,
			reward: round(step.reward),
			...step.value === void 0 ? {} : { value: round(step.value) },
			...step.hazards === void 0 ? {} : { hazards: step.hazards.map((token) => ({
				...token,
				hazard: round(token.hazard)
			})) },
			read: {
				...step.read,
				logits: step.read.logits.map((row) => row.map(round))
			}
		})),
		timing: {
			...scored.timing,
			forward: Math.round(scored.timing.forward)
		}
	};
}
// src/core/aggregate/aggregate.ts
/** Range of every rule that yields a reward-like number. */
var UNIT_RANGE = [0, 1];
// src/core/aggregate/statistics.ts
/** The mean, kept within the values' own bounds (rounding would otherwise leave them), or undefined. */
function meanOf(values) {
	const lowest = lowestOf(values);
	if (lowest === void 0) return;
	let sum = 0;
	let highest = lowest.value;
	for (const value of values) {
		sum += value;
		highest = Math.max(highest, value);
	}
	return Math.min(Math.max(sum / values.length, lowest.value), highest);
}
/** The first of the lowest values and its place, or undefined. */
function lowestOf(values) {
	let lowest;
	for (const [index, value] of values.entries()) if (lowest === void 0 || value < lowest.value) lowest = {
		index,
		value
	};
	return lowest;
}
/**
* The natural logarithm of the product: -Infinity when a reward is exactly 0. A product of 2,000
* rewards of 0.5 is too small for a double; its logarithm is not.
*/
function logProduct(rewards) {
	let sum = 0;
	for (const reward of rewards) sum += Math.log(reward);
	return sum;
}
// src/core/aggregate/index.ts
/** Every aggregate. */
var AGGREGATES = [
	{
		id: "min",
		label: "Minimum",
		formula: "min(r_1, …, r_T)",
		source: "Math-Shepherd, arXiv 2312.08935",
		needsTrajectory: false,
		compute({ rewards }) {
			const lowest = lowestOf(rewards);
			if (lowest === void 0) return;
			const { index, value } = lowest;
			return {
				value,
				terms: [{
					label: `reward of step ${index + 1}`,
					value
				}],
				range: UNIT_RANGE
			};
		}
	},
	{
		id: "product",
		label: "Product",
		formula: "r_1 · r_2 · … · r_T",
		source: "Let's Verify Step by Step, arXiv 2305.20050",
		needsTrajectory: false,
		compute({ rewards }) {
			const lowest = lowestOf(rewards);
			if (lowest === void 0) return;
			const log = logProduct(rewards);
			const value = Math.min(Math.exp(log), lowest.value);
			const steps = {
				label: "number of steps",
				value: rewards.length
			};
			return {
				value,
				terms: lowest.value === 0 ? [steps] : [{
					label: "sum of ln r_t",
					value: log
				}, steps],
				range: UNIT_RANGE
			};
		}
	},
	{
		id: "geometric-mean",
		label: "Geometric mean",
		formula: "(r_1 · r_2 · … · r_T)^(1/T)",
		source: "length-normalised product of arXiv 2305.20050",
		needsTrajectory: false,
		compute({ rewards }) {
			const lowest = lowestOf(rewards);
			if (lowest === void 0) return;
			const log = logProduct(rewards);
			let highest = lowest.value;
			for (const reward of rewards) highest = Math.max(highest, reward);
			const value = Math.min(Math.max(Math.exp(log / rewards.length), lowest.value), highest);
			const steps = {
				label: "number of steps",
				value: rewards.length
			};
			const terms = lowest.value === 0 ? [steps] : [{
				label: "sum of ln r_t",
				value: log
			}, steps];
			return {
				value: lowest.value === 0 ? 0 : value,
				terms,
				range: UNIT_RANGE
			};
		}
	},
	{
		id: "mean",
		label: "Mean",
		formula: "(r_1 + r_2 + … + r_T) / T",
		source: "PRM-Avg, arXiv 2502.06703",
		needsTrajectory: false,
		compute({ rewards }) {
			const value = meanOf(rewards);
			if (value === void 0) return;
			return {
				value,
				terms: [{
					label: "number of steps",
					value: rewards.length
				}],
				range: UNIT_RANGE
			};
		}
	},
	{
		id: "last",
		label: "Last step",
		formula: "r_T",
		source: "Scaling LLM Test-Time Compute Optimally, arXiv 2408.03314",
		needsTrajectory: false,
		compute({ rewards }) {
			const value = rewards.at(-1);
			if (value === void 0) return;
			return {
				value,
				terms: [{
					label: `reward of step ${rewards.length}`,
					value
				}],
				range: UNIT_RANGE
			};
		}
	},
	{
		id: "reasonflux",
		label: "ReasonFlux",
		formula: "(r_1 + … + r_T) / T + α · r_trajectory",
		source: "ReasonFlux-PRM, arXiv 2506.18896",
		needsTrajectory: true,
		compute(input) {
			const { rewards, trajectoryReward, alpha, useSteps, useTrajectory } = input;
			const stepMean = meanOf(rewards);
			const highest = (useSteps ? 1 : 0) + (useTrajectory ? alpha : 0);
			if (stepMean === void 0 || highest === 0) return;
			const terms = [];
			if (useSteps) terms.push({
				label: "mean step reward",
				value: stepMean
			});
			if (useTrajectory) {
				if (trajectoryReward === void 0) return;
				terms.push({
					label: "α · trajectory reward",
					value: alpha * trajectoryReward
				});
			}
			return {
				value: terms.reduce((sum, term) => sum + term.value, 0),
				terms,
				range: [0, highest]
			};
		}
	}
];
/**
* Bounds of the weight of the trajectory reward. The paper tries 0.1 to 1.5 (arXiv 2506.18896); its
* default choice is 1.
*/
var ALPHA = {
	min: 0,
	max: 2,
	default: 1,
	step: .05
};
// src/core/verdict.ts
/** A result's rewards laid out over all steps of its trace. */
function stepRewards(scored) {
	const rewards = new Array(scored.stepCount).fill(void 0);
	for (const { index, reward } of scored.steps) if (index < rewards.length) rewards[index] = reward;
	return rewards;
}
/** Index of the first step whose reward is strictly below the threshold, -1 for none. */
function firstError(rewards, threshold) {
	return rewards.findIndex((reward) => reward !== void 0 && reward < threshold);
}
// src/core/score-record.ts
/**
* One line of JSONL in, one object out, for scoring in bulk. The reader takes what it needs and
* ignores every other key, so data sets need no trimming first.
*/
var text = (what) => v.pipe(v.string(`${what} is not a string`), v.check((value) => value.trim() !== "", `${what} is empty`));
var RECORD = v.object({
	id: v.optional(v.union([v.string(), v.pipe(v.number(), v.finite())], "its \"id\" is neither a string nor a number")),
	problem: v.string("its \"problem\" is missing or not a string"),
	chain: v.optional(text("its \"chain\"")),
	steps: v.optional(v.pipe(v.array(text("an entry of its \"steps\""), "its \"steps\" is not a list"), v.minLength(1, "its \"steps\" is an empty list")))
}, (issue) => issue.expected === "Object" ? "it is not a JSON object" : "its \"problem\" is missing");
/**
* Reads one line: `{"id"?, "problem", "chain"}` or `{"id"?, "problem", "steps": [...]}`.
* @param lineNumber 1-based, for messages and as the default id
* @throws AppError `bad-input` with one sentence saying what is wrong with which line
*/
function parseScoreRecord(line, lineNumber) {
	const fail = (fault, cause) => {
		throw new AppError("bad-input", `line ${lineNumber}: ${fault}`, { line: lineNumber }, cause);
	};
	const result = v.safeParse(RECORD, parseJson(line, fail));
	if (!result.success) {
		const issue = result.issues[0];
		const place = issue.path?.[1]?.key;
		return fail(typeof place === "number" ? `${issue.message} (entry ${place + 1})` : issue.message);
	}
	const { id = lineNumber, problem, chain, steps } = result.output;
	if (chain !== void 0 && steps === void 0) return {
		id,
		problem,
		kind: "chain",
		chain
	};
	if (steps !== void 0 && chain === void 0) return {
		id,
		problem,
		kind: "steps",
		steps
	};
	return fail(`it has ${chain === void 0 ? "neither" : "both"} "chain" and "steps"`);
}
function parseJson(line, fail) {
	const json = line.trim();
	if (json === "") return fail("it is empty");
	try {
		return JSON.parse(json);
	} catch (error) {
		return fail("it is not valid JSON", error);
	}
}
/** The record as a trace. Steps given as such are all response, in a chain joined by blank lines. */
function toTrace(record, how) {
	const { problem } = record;
	if (record.kind === "chain") {
		const { chain, steps } = segmentTrace({
			...how,
			problem,
			chain: record.chain
		});
		return {
			problem,
			chain,
			steps
		};
	}
	const separator = "\n\n";
	const steps = [];
	let start = 0;
	for (const text of record.steps) {
		const end = start + text.length;
		steps.push({
			index: steps.length,
			lane: "response",
			start,
			end,
			text
		});
		start = end + 2;
	}
	return {
		problem,
		chain: record.steps.join(separator),
		steps
	};
}
/**
* The output for one record. Aggregates are null unless every step was scored: a product over half a
* chain is not comparable with one over a whole chain, and a line of output has no room to say so.
*/
function toScoreResult(request) {
	const { id, steps, scored, threshold, aggregate, alpha } = request;
	const rewards = stepRewards(scored);
	const known = rewards.filter((reward) => reward !== void 0);
	const { trajectoryReward } = scored;
	const aggregates = {};
	for (const rule of AGGREGATES) {
		const result = rule.compute({
			rewards: known.length === steps.length ? known : [],
			...trajectoryReward === void 0 ? {} : { trajectoryReward },
			alpha,
			useSteps: true,
			useTrajectory: true
		});
		aggregates[rule.id] = result?.value ?? null;
	}
	return {
		id,
		steps: steps.map(({ text, lane }, index) => ({
			text,
			reward: rewards[index] ?? null,
			lane
		})),
		trajectory: {
			reward: trajectoryReward ?? null,
			score: aggregates[aggregate] ?? null,
			aggregate,
			aggregates
		},
		firstError: firstError(rewards, threshold)
	};
}
// src/cli/lines.ts
/**
* The lines of a text file, or of standard input for `-`, one in memory at a time.
* @throws AppError `bad-input` when the file cannot be read.
*/
async function* readLines(file) {
	if (file === "-") {
		yield* createInterface({
			input: process.stdin,
			crlfDelay: Number.POSITIVE_INFINITY
		});
		return;
	}
	const handle = await openFile(file);
	try {
		yield* handle.readLines();
	} finally {
		await handle.close();
	}
}
async function openFile(file) {
	let handle;
	try {
		handle = await open(file);
	} catch (cause) {
		throw new AppError("bad-input", `${file} cannot be read: ${AppError.from(cause).message}`, { file }, cause);
	}
	if ((await handle.stat()).isDirectory()) {
		await handle.close();
		throw new AppError("bad-input", `${file} is a folder, not a JSONL file`, { file });
	}
	return handle;
}
// src/cli/commands/score.ts
var score = defineCommand({
	meta: {
		name: "score",
		description: "Scores chains from JSONL: one {\"id\",\"problem\",\"chain\"|\"steps\"} per line in, one result per line out. Lines that cannot be scored go to stderr with their number."
	},
	args: {
		file: {
			type: "positional",
			description: "JSONL file, or - for standard input",
			required: true
		},
		model: {
			type: "string",
			description: "Model folder",
			default: EMBEDDED_MODEL,
			valueHint: "folder"
		},
		strategy: {
			type: "enum",
			description: "How a chain is cut into steps",
			options: STRATEGIES.map(({ id }) => id),
			default: STRATEGIES[0].id
		},
		delimiter: {
			type: "string",
			description: "Text between steps, for --strategy delimiter",
			default: ""
		},
		aggregate: {
			type: "enum",
			description: "What trajectory.score is",
			options: AGGREGATES.map(({ id }) => id),
			default: "reasonflux"
		},
		alpha: {
			type: "string",
			description: "Weight of the trajectory reward",
			default: String(ALPHA.default)
		},
		threshold: {
			type: "string",
			description: "Rewards below it are bad steps; default: the model's own"
		},
		strict: {
			type: "boolean",
			description: "Exit with 1 when any line was bad",
			default: false
		}
	},
	run: ({ args }) => withScorer(args.model, async (ctx) => {
		const options = {
			strategy: args.strategy,
			delimiter: args.delimiter,
			aggregate: args.aggregate,
			alpha: numberOption("alpha", args.alpha, ALPHA.min, ALPHA.max),
			threshold: args.threshold === void 0 ? void 0 : numberOption("threshold", args.threshold, 0, 1)
		};
		const { scored, bad } = await scoreLines(args.file, options, ctx);
		if (bad > 0) say(`stepscope: ${scored} scored, ${bad} left out`);
		if (bad > 0 && (args.strict || scored === 0)) process.exitCode = 1;
	})
});
function numberOption(name, text, min, max) {
	const value = Number(text);
	if (text.trim() === "" || !(value >= min && value <= max)) throw new AppError("bad-input", `--${name} takes a number from ${min} to ${max}, not "${text}"`);
	return value;
}
async function scoreLines(file, options, ctx) {
	let scored = 0;
	let bad = 0;
	let lineNumber = 0;
	for await (const line of readLines(file)) {
		lineNumber += 1;
		throwIfAborted(ctx.signal);
		if (line.trim() === "") continue;
		let result;
		try {
			result = await scoreLine(line, lineNumber, options, ctx);
		} catch (thrown) {
			const error = AppError.from(thrown);
			if (error.code !== "bad-input") throw error;
			say(error.message.startsWith("line ") ? error.message : `line ${lineNumber}: ${error.message}`);
			bad += 1;
			continue;
		}
		scored += 1;
		if (!process.stdout.write(`${JSON.stringify(result)}\n`)) await once(process.stdout, "drain");
	}
	return {
		scored,
		bad
	};
}
async function scoreLine(line, lineNumber, options, { scorer, model, signal }) {
	const record = parseScoreRecord(line, lineNumber);
	const trace = toTrace(record, options);
	const scored = await scorer.score({
		problem: trace.problem,
		steps: trace.steps.map(({ text }) => text)
	}, {
		signal,
		emit: () => void 0
	});
	throwIfAborted(signal);
	return toScoreResult({
		id: record.id,
		steps: trace.steps,
		scored,
		threshold: options.threshold ?? model.threshold,
		aggregate: options.aggregate,
		alpha: options.alpha
	});
}
// src/cli/commands/index.ts
/** Every command of `stepscope`, in the order `--help` lists them; one file each, one line here. */
var COMMANDS = {
	score,
	gallery
};
// src/cli/main.ts
/** The command line: parses arguments, runs a command, turns errors into one sentence and an exit code. */
process.stdout.on("error", (error) => {
	if (error.code === "EPIPE") process.exit(0);
	throw error;
});
await runMain(defineCommand({
	meta: {
		name: "stepscope",
		version,
		description: "Scores every step of a chain of thought with a process reward model."
	},
	subCommands: COMMANDS
}));
export {};
