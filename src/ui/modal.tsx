import { type ReactNode, useLayoutEffect, useRef } from "react";
import { classNames } from "./class-names.ts";

interface ModalProps {
  /** For screen readers. */
  readonly label: string;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A page over the page: the browser keeps the focus in it, gives it back, and closes it with Esc. */
export function Modal({ label, className, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // The browser would choose whatever can have the focus first, a mere box included.
    shown?.querySelector("input")?.focus();
    // The browser gives the focus back when a dialog is closed, not when it is taken off the page.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={(event) => {
        // One that went already has told so, and another may be open in its place.
        if (event.currentTarget.isConnected) {
          onClose();
        }
      }}
      onKeyDown={(event) => {
        // The browser would tell of it later, and keys that follow at once would still find it open.
        if (event.key === "Escape") {
          event.preventDefault();
          onClose();
        }
      }}
      onClick={(event) => {
        // The dialog itself is hit only where its content is not: on the backdrop.
        if (event.target === event.currentTarget) {
          onClose();
        }
      }}
      className={classNames(
        "m-auto max-h-[85vh] w-[min(40rem,calc(100vw-2rem))] rounded-xl border border-line-strong bg-raised p-0 text-ink shadow-xl outline-none backdrop:bg-black/30",
        className,
      )}
    >
      {children}
    </dialog>
  );
}
