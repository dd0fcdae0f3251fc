import type { Finding, Stay } from '../api/findings';
import { fen, grouped, money, monthDayTime } from '../format';
import { amountOf, describe } from '../stay/describe';
import { fieldsOf, keyOf, text } from '../stay/marks';
import { useTexts, wordOf } from '../text';

interface Props {
  finding: Finding;
  stay: Stay | undefined;
  choose?: (key: string) => void;
}

// Many lines are read in the table of records; on the screen are those that weigh most,
// on paper all.
const most = 12;

const heaviest = (a: Finding['lines'][number], b: Finding['lines'][number]) => Number(fen(b.amount) - fen(a.amount));

// Lines lists what is at issue and what the definition names, with what each came to.
export function Lines({ finding, stay, choose }: Props) {
  const texts = useTexts();
  const records = new Map(stay?.records.map((r) => [keyOf(r.kind, r.record_id), r]));
  const shown = finding.lines.toSorted(heaviest);
  return (
    <section>
      <h3>{texts.finding.lines}</h3>
      {finding.lines.length === 0 && <p className="weak">{texts.finding.noLines}</p>}
      <ul className="lines">
        {shown.map((line, i) => {
          const key = keyOf(line.kind, line.record_id);
          const record = line.institution_id === stay?.institution_id ? records.get(key) : undefined;
          const fields = record ? fieldsOf(record) : {};
          const quantity = text(fields, 'quantity');
          const price = text(fields, 'unit_price');
          return (
            <li key={`${line.institution_id}|${key}`} className={i < most ? line.role : `${line.role} paper`}>
              <button type="button" onClick={() => record && choose?.(key)} disabled={!record || !choose}>
                <span className="line-what">
                  <i className={`legend ${line.role}`} title={line.role === 'violating' ? texts.stay.violating : texts.stay.involved} />
                  {record ? describe(record, texts) || wordOf(texts.records.kinds, record.kind) : `${wordOf(texts.records.kinds, line.kind)} / ${line.institution_id} / ${line.record_id}`}
                </span>
                {record && (
                  <span className="line-when figures weak">
                    {monthDayTime(record.occurred_at)}
                    {quantity && price && ` ${grouped(quantity)} × ${grouped(price)} = ${money(amountOf(record))}`}
                  </span>
                )}
              </button>
              <span className="number">{line.role === 'violating' && money(line.amount)}</span>
            </li>
          );
        })}
      </ul>
      {finding.lines.length > most && <p className="weak no-print">{texts.stay.outOf(String(most), String(finding.lines.length))}</p>}
    </section>
  );
}
