import { FORMAT_OPTIONS, readAs } from "../../actions/take-files.ts";
import type { FileReport } from "../../core/intake.ts";
import { Select } from "../../ui/select.tsx";
import { useActionContext } from "../action-context.ts";

/** Stands for files of several formats. */
const SEVERAL = { id: "", label: "Several formats" };

/** What the files were taken for, to be corrected. */
export function FormatMenu({ reports }: { readonly reports: readonly FileReport[] }) {
  const ctx = useActionContext();
  const ids = new Set(reports.map(({ format }) => format));
  const [only = SEVERAL.id] = ids;
  const value = ids.size === 1 && FORMAT_OPTIONS.some(({ id }) => id === only) ? only : SEVERAL.id;
  return (
    <Select
      label="Read as"
      className="min-w-0 md:max-w-96"
      options={value === SEVERAL.id ? [SEVERAL, ...FORMAT_OPTIONS] : FORMAT_OPTIONS}
      value={value}
      onChange={(id) => {
        if (id !== SEVERAL.id) {
          void readAs(ctx, id);
        }
      }}
    />
  );
}
