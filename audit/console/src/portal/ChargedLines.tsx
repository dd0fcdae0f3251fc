import { Table } from 'antd';
import type { FindingDetail } from '../api/findings';
import { minute } from '../format';
import { column, moneyColumn } from '../shell/Listing';
import { useTexts } from '../text';
import { usePortal } from './texts';

type Line = FindingDetail['lines'][number];

// ChargedLines are the institution's own lines of a finding, with what they charged.
export function ChargedLines({ finding }: { finding: FindingDetail }) {
  const { finding: texts } = usePortal();
  const { stay, records } = useTexts();
  const charged = new Map((finding.charged ?? []).map((c) => [`${c.kind}|${c.record_id}`, c]));
  const of = (line: Line) => charged.get(`${line.kind}|${line.record_id}`);
  const kinds: Record<string, string> = records.kinds;
  return (
    <section>
      <h3>{texts.charged}</h3>
      {finding.stay_id === null && <p className="weak">{texts.elsewhere}</p>}
      {finding.lines.length === 0 ? (
        <p className="weak">{texts.none}</p>
      ) : (
        <Table<Line>
          aria-label={texts.charged}
          size="small"
          pagination={finding.lines.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          scroll={{ x: 'max-content' }}
          dataSource={finding.lines}
          rowKey={(line) => `${line.kind}|${line.record_id}`}
          columns={[
            column(texts.columns.day, (line) => of(line) && minute(of(line)!.occurred_at)),
            column(texts.columns.item, (line) => of(line)?.item_name || of(line)?.item_code || kinds[line.kind]),
            column(texts.columns.record, (line) => <span className="code">{line.record_id}</span>),
            moneyColumn(texts.columns.net, (line) => of(line)?.net),
            moneyColumn(texts.columns.issue, (line) => (line.role === 'violating' ? line.amount : undefined)),
            column(texts.columns.mark, (line) => (line.role === 'violating' ? stay.violating : stay.involved)),
          ]}
        />
      )}
    </section>
  );
}
