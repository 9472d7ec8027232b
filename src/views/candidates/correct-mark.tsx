import { Check, X } from "lucide-react";

/** Whether an answer is the right one; nothing where that is not known. */
export function CorrectMark({ isCorrect }: { readonly isCorrect: boolean | undefined }) {
  if (isCorrect === undefined) {
    return null;
  }
  const Icon = isCorrect ? Check : X;
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-0.5 text-2xs font-semibold ${isCorrect ? "text-good" : "text-bad"}`}
    >
      <Icon aria-hidden className="size-3" />
      {isCorrect ? "right" : "wrong"}
    </span>
  );
}
