import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import type { Finding } from '../api/findings';
import { rulesQuery } from '../api/reference';
import { fen, grouped, money } from '../format';
import { usePreferences } from '../preferences';
import { useTexts, wordOf } from '../text';
import { comparisonOf, evidenceOf } from './evidence';
import { EvidenceValue } from './EvidenceValue';

// Reckoning shows how an amount came about: what was seen, what it was held against,
// the lines, and what is left after findings that come before.
export function Reckoning({ finding }: { finding: Finding }) {
  const texts = useTexts();
  const { language } = usePreferences();
  const rule = useQuery(rulesQuery).data?.get(finding.rule);
  const evidence = evidenceOf(finding);
  const comparison = comparisonOf(finding.rule, evidence);
  const facts = new Map(evidence.facts);
  const compared = [...(comparison?.left ?? []), ...(comparison?.right ?? [])];
  const others = evidence.facts.filter(([key]) => !compared.includes(key));
  const aboutParameter = (name: string) => rule?.parameters.find((p) => p.name === name)?.about?.[language] ?? name;
  const term = (name: string) => {
    const parameter = name.startsWith(':');
    const value = (parameter ? evidence.parameters.get(name.slice(1)) : facts.get(name)) ?? '';
    return (
      <span className="term">
        <b className="figures">{grouped(value)}</b>
        <small>{parameter ? aboutParameter(name.slice(1)) : wordOf(texts.evidence, name)}</small>
      </span>
    );
  };
  const product = (names: string[]) =>
    names.map((name, i) => (
      <Fragment key={name}>
        {i > 0 && <span className="sign">×</span>}
        {term(name)}
      </Fragment>
    ));
  const violating = finding.lines.filter((line) => line.role === 'violating');
  const attributed = finding.attributed;
  return (
    <section className="reckoning">
      <h3>{texts.finding.reckoning}</h3>
      {comparison && (
        <div className="formula">
          {product(comparison.left)}
          <span className="sign">{comparison.sign}</span>
          {product(comparison.right)}
        </div>
      )}
      {evidence.facts.length === 0 && (
        <p className="weak">{texts.finding.noComputation}</p>
      )}
      {others.length > 0 && (
        <dl className="facts">
          {others.map(([key, value]) => (
            <div key={key}>
              <dt>{wordOf(texts.evidence, key)}</dt>
              <dd>
                <EvidenceValue value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {evidence.parameters.size > 0 && (
        <details>
          <summary>{texts.finding.parameters}</summary>
          <dl className="facts">
            {[...evidence.parameters].map(([name, value]) => (
              <div key={name}>
                <dt>{aboutParameter(name)}</dt>
                <dd className="figures">{grouped(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <dl className="sums">
        <div>
          <dt>{texts.finding.sum(String(violating.length))}</dt>
          <dd className="figures">{money(finding.amount)}</dd>
        </div>
        {attributed !== undefined && fen(attributed) !== fen(finding.amount) && (
          <div title={texts.finding.attributedHint}>
            <dt>
              {texts.finding.attributed} <small className="weak">{texts.finding.attributedHint}</small>
            </dt>
            <dd className="figures">
              <b>{money(attributed)}</b>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
