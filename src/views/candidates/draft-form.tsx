import { ListPlus, Play, Square, Trash2 } from "lucide-react";
import {
  forgetScores,
  putCandidatesAway,
  scoreCandidates,
  stopCandidates,
} from "../../actions/candidates.ts";
import { changeDraft, tryCandidates } from "../../actions/look-at-candidates.ts";
import { STRATEGIES } from "../../core/segment/index.ts";
import { isBatchUnderWay, useCandidates } from "../../state/candidates.ts";
import { useWorkspace } from "../../state/workspace.ts";
import { Button } from "../../ui/button.tsx";
import { plural } from "../../ui/format-number.ts";
import { Select } from "../../ui/select.tsx";
import { useActionContext } from "../action-context.ts";
import { DelimiterField } from "../delimiter-field.tsx";
import { TextField } from "../text-field.tsx";
import { ProblemFields } from "./problem-fields.tsx";
import { useDraftList } from "./use-draft-list.ts";

const PLACEHOLDER = `First candidate
---
Second candidate

or a list in JSON, or one JSON object a line`;

/** What has to be there before the candidates can be scored, in one sentence; undefined when all is. */
function missingWords(count: number, hasProblem: boolean): string | undefined {
  if (count === 0) {
    return undefined;
  }
  return hasProblem ? undefined : "Enter the problem that the candidates answer.";
}

/** Where candidates are put in, and the button that scores them. */
export function DraftForm() {
  const ctx = useActionContext();
  const draft = useCandidates((state) => state.draft);
  const taken = useCandidates((state) => state.taken);
  const hasScores = useCandidates((state) => state.all.length > 0);
  const isRunning = useCandidates(isBatchUnderWay);
  const read = useDraftList();
  const records = read.kind === "records" ? read.records : [];
  const hasProblem = draft.problem.trim() !== "" || records.every(({ problem }) => problem.trim() !== "");
  const missing = missingWords(records.length, hasProblem);
  const Icon = isRunning ? Square : Play;
  // What a person has typed is not written over: a problem taken over from the other fields is still there.
  const hasOwnProblem = useWorkspace(({ problem }) => ![problem.trim(), ""].includes(draft.problem.trim()));
  const canTry = taken === undefined && draft.text.trim() === "" && draft.gold === "" && !hasOwnProblem;
  const needsCut = taken?.every(({ chain }) => typeof chain !== "string") !== true;
  return (
    <div className="flex flex-col gap-4 print:hidden">
      <div className="grid grid-cols-1 gap-4 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <ProblemFields records={records} error={missing} />
        {taken === undefined ? (
          <TextField
            label="Candidates"
            value={draft.text}
            onChange={(value) => changeDraft({ text: value })}
            rows={9}
            placeholder={PLACEHOLDER}
            error={read.kind === "unreadable" ? read.why : undefined}
            aside={
              <span className="truncate text-xs text-ink-3">
                {records.length === 0 ? "set apart by lines like ---" : plural(records.length, "candidate")}
              </span>
            }
          />
        ) : (
          <div className="flex flex-col items-start gap-2 rounded-md border border-line bg-sunken px-4 py-3 text-sm">
            <p className="font-medium">{plural(taken.length, "chain")} from a file</p>
            <p className="text-ink-2">
              {plural(new Set(taken.map(({ problem }) => problem)).size, "different problem")}.
              {draft.text.trim() !== "" && " The candidates you typed come back when you put others in."}
            </p>
            <Button
              kind="link"
              className="text-xs"
              title="Their scores are kept: they are there when these chains are"
              onClick={putCandidatesAway}
            >
              Put in other candidates
            </Button>
          </div>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          kind="primary"
          className="min-w-44 max-sm:w-full"
          disabled={!isRunning && (records.length === 0 || missing !== undefined)}
          icon={<Icon aria-hidden className="size-3.5 fill-current" />}
          onClick={(event) => {
            if (!isRunning) {
              void scoreCandidates(ctx);
            } else if (event.detail < 2) {
              // The second half of a double click on Score is not meant to stop it.
              stopCandidates();
            }
          }}
        >
          {isRunning
            ? "Stop scoring"
            : `Score ${records.length === 0 ? "the candidates" : plural(records.length, "candidate")}`}
        </Button>
        {needsCut && (
          <Select
            label="Candidates’ steps end at"
            options={STRATEGIES}
            value={draft.strategy}
            onChange={(strategy) => changeDraft({ strategy })}
          />
        )}
        {needsCut && draft.strategy === "delimiter" && (
          <DelimiterField value={draft.delimiter} onChange={(delimiter) => changeDraft({ delimiter })} />
        )}
        {canTry && (
          <Button
            kind="quiet"
            icon={<ListPlus aria-hidden className="size-3.5" />}
            title="Fills in six chains of one problem, with its right answer"
            onClick={tryCandidates}
          >
            Try an example
          </Button>
        )}
        {hasScores && (
          <Button
            kind="quiet"
            className="sm:ml-auto"
            icon={<Trash2 aria-hidden className="size-3.5" />}
            title="Of all candidates here, by every model; the candidates stay"
            onClick={forgetScores}
          >
            Forget the scores
          </Button>
        )}
      </div>
    </div>
  );
}
