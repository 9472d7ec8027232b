import { Disclosure } from "../ui/disclosure.tsx";

/** Measured on the shipped weights; the figures are in the model card. */
export function ModelLimits() {
  return (
    <Disclosure title="What this model can and cannot do" className="text-xs">
      {() => (
        <div className="flex flex-col gap-2 pb-2 pl-5 text-xs leading-[18px] text-ink-2">
          <p>
            The embedded model has 135 million parameters. It sees wrong arithmetic, swapped operators and
            wrong operands in grade-school word problems well (step AUC 0.91 on injected errors).
          </p>
          <p>
            It sees real models’ mistakes of understanding only a little (0.63), and above that level judges
            style as much as sense. It doubts hard but right steps. It knows nothing of code, proofs, law or
            medicine.
          </p>
          <p>
            For real work load a published PRM: add{" "}
            <code className="whitespace-nowrap">?model=owner/name</code> to the address. This one is 4-bit,
            under Apache-2.0.
          </p>
        </div>
      )}
    </Disclosure>
  );
}
