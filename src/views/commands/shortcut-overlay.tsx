import { X } from "lucide-react";
import { closeOverlay } from "../../actions/overlay.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { comboKeys } from "../../ui/key-combo.ts";
import { Modal } from "../../ui/modal.tsx";
import { GROUPS } from "./command.ts";
import { COMMANDS } from "./index.ts";

/** Keys that are pressed together. */
export function Combo({ combo }: { readonly combo: string }) {
  return (
    <span className="flex gap-0.5">
      {comboKeys(combo).map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}

/** All keys, from the table that binds them. */
export function ShortcutOverlay() {
  return (
    <Modal label="Keys" className="w-[min(52rem,calc(100vw-2rem))]" onClose={closeOverlay}>
      <div className="px-6 py-5">
        <div className="mb-4 flex items-center gap-4">
          <h2 className="text-base font-semibold">Keys</h2>
          <p className="ml-auto text-xs text-ink-3">They rest while you type.</p>
          <IconButton
            label="Close"
            title="Close (Esc)"
            icon={<X aria-hidden className="size-3.5" />}
            onClick={closeOverlay}
          />
        </div>
        <div className="gap-x-10 sm:columns-2">
          {GROUPS.map((group) => (
            <section key={group} aria-label={group} className="mb-5 break-inside-avoid">
              <h3 className="caption mb-1.5">{group}</h3>
              <dl className="flex flex-col gap-1">
                {COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map(
                  ({ id, label, keys }) => (
                    <div key={id} className="flex items-center justify-between gap-4 text-sm">
                      <dt className="text-ink-2">{label}</dt>
                      <dd className="flex items-center gap-2">
                        {keys.map((combo) => (
                          <Combo key={combo} combo={combo} />
                        ))}
                      </dd>
                    </div>
                  ),
                )}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Modal>
  );
}
