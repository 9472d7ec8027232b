interface Stat {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  /** What is remarkable about the value. */
  readonly mark?: string | undefined;
}

/** A few numbers under their names, aligned on one grid. */
export function StatGrid({ stats }: { readonly stats: readonly Stat[] }) {
  return (
    <dl className="grid grid-cols-3 gap-x-3 gap-y-3">
      {stats.map(({ label, value, hint, mark }) => (
        <div key={label} className="min-w-0" title={hint}>
          <dt className="caption whitespace-nowrap">{label}</dt>
          <dd className="text-[17px] leading-6 font-semibold tracking-[-0.01em]">{value}</dd>
          {mark !== undefined && <dd className="text-2xs font-semibold">{mark}</dd>}
        </div>
      ))}
    </dl>
  );
}
