import { Command as Palette } from "cmdk";
import { closeOverlay } from "../../actions/overlay.ts";
import { Modal } from "../../ui/modal.tsx";
import { useActionContext } from "../action-context.ts";
import { GROUPS } from "./command.ts";
import { COMMANDS } from "./index.ts";
import { rateCommand } from "./rate-command.ts";
import { Combo } from "./shortcut-overlay.tsx";

/** Every command by its words; what cannot be done now is left out. */
export function CommandPalette() {
  const ctx = useActionContext();
  const possible = COMMANDS.filter(({ id, isPossible }) => id !== "palette" && isPossible?.() !== false);
  return (
    <Modal label="Commands" className="mt-[12vh] mb-auto overflow-hidden" onClose={closeOverlay}>
      <Palette label="Commands" loop filter={rateCommand}>
        <Palette.Input
          placeholder="What to do"
          className="h-12 w-full border-b border-line bg-transparent px-5 text-base outline-none placeholder:text-ink-3"
        />
        <Palette.List className="max-h-[min(24rem,60vh)] overflow-y-auto px-2 py-2">
          <Palette.Empty className="px-3 py-6 text-center text-sm text-ink-3">
            No command has these words.
          </Palette.Empty>
          {GROUPS.map((group) => (
            <Palette.Group
              key={group}
              heading={group}
              className="[&_[cmdk-group-heading]]:caption [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1"
            >
              {possible
                .filter((command) => command.group === group)
                .map(({ id, label, keys, run }) => (
                  <Palette.Item
                    key={id}
                    value={label}
                    onSelect={() => {
                      closeOverlay();
                      run(ctx);
                    }}
                    className="flex h-8 cursor-pointer items-center justify-between rounded-md px-3 text-sm data-[selected=true]:bg-accent-soft"
                  >
                    {label}
                    {keys[0] !== undefined && <Combo combo={keys[0]} />}
                  </Palette.Item>
                ))}
            </Palette.Group>
          ))}
        </Palette.List>
      </Palette>
    </Modal>
  );
}
