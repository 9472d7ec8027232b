import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button.tsx";

const SHOWN_MS = 1500;

/** Copies `text()`; says so for a moment, or says that the browser refused. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | undefined>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
    setTimeout(() => setOutcome(undefined), SHOWN_MS);
  };
  const icon = outcome === "copied" ? <Check className="size-3.5" /> : <Copy className="size-3.5" />;
  return (
    <Button kind="quiet" className="h-7 text-xs" icon={icon} onClick={copy}>
      <span aria-live="polite">
        {outcome === "copied" ? "Copied" : outcome === "refused" ? "Copying was refused" : label}
      </span>
    </Button>
  );
}
