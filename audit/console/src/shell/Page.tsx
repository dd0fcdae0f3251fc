import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  lead?: ReactNode; // a sentence: what this is
  actions?: ReactNode; // beside the title
  filters?: ReactNode;
  children: ReactNode;
}

// Page is a page that is read from top to bottom.
export function Page({ title, lead, actions, filters, children }: Props) {
  return (
    <article className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {lead && <p className="weak">{lead}</p>}
        </div>
        <span className="grow" />
        {actions && <div className="page-actions no-print">{actions}</div>}
      </header>
      {filters && <div className="page-filters no-print">{filters}</div>}
      {children}
    </article>
  );
}

// Section is a part of a page with a heading.
export function Section({ title, extra, children }: { title: ReactNode; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="section">
      <header>
        <h2>{title}</h2>
        <span className="grow" />
        {extra}
      </header>
      {children}
    </section>
  );
}

// Facts are names with what they stand for, side by side.
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
