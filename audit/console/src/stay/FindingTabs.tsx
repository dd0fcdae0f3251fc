import { useQuery } from '@tanstack/react-query';
import type { Finding } from '../api/findings';
import { rulesQuery } from '../api/reference';
import { money } from '../format';
import { usePreferences } from '../preferences';
import { useTexts } from '../text';

interface Props {
  findings: Finding[];
  selected: string | undefined;
  select: (id: string) => void;
}

// FindingTabs goes between the findings of one stay.
export function FindingTabs({ findings, selected, select }: Props) {
  const texts = useTexts();
  const { language } = usePreferences();
  const rules = useQuery(rulesQuery).data;
  if (findings.length < 2) return null;
  return (
    <div className="finding-tabs no-print" role="tablist" aria-label={texts.stay.findings} title={texts.finding.prevNext}>
      {findings.map((f) => (
        <button
          key={f.finding_id}
          type="button"
          role="tab"
          aria-selected={f.finding_id === selected}
          className={`${f.severity} ${f.state}`}
          onClick={() => select(f.finding_id)}
        >
          <span>{rules?.get(f.rule)?.name[language] ?? f.rule}</span>
          <small className="figures">
            {money(f.amount)} · {texts.states[f.state]}
          </small>
        </button>
      ))}
    </div>
  );
}
