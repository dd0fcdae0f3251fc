import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Progress, Table, Upload } from 'antd';
import { useState } from 'react';
import { answered, client, type Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { SeverityTag } from '../finding/SeverityTag';
import { count, minute } from '../format';
import { usePreferences } from '../preferences';
import { Refusal as Refused } from '../shell/Refusal';
import { column, moneyColumn } from '../shell/Listing';
import { Nothing } from '../shell/Nothing';
import { Facts, Page, Section } from '../shell/Page';
import { useMend } from '../shell/refusals';
import './portal.css';
import { Mend } from './Mend';
import { usePortal } from './texts';
import { read } from './upload';

type Answer = Schemas['Answer'];
type Foreseen = Schemas['Foreseen'];
type Refusal = Schemas['Refusal'];

interface Checked {
  name: string;
  records: number;
  answer?: Answer;
  problem?: Problem;
}

// CheckPage tells what a file would cause before it is uploaded. Nothing is stored.
export function CheckPage() {
  const { check } = usePortal();
  const [fault, setFault] = useState<string>();
  const [checked, setChecked] = useState<Checked>();
  const [busy, setBusy] = useState(false);
  const take = async (file: File) => {
    setFault(undefined);
    setChecked(undefined);
    const reading = read(file.name, await file.text());
    if ('fault' in reading) {
      const said = { empty: check.empty, noKind: check.noKind, badLine: check.badLine(String(reading.at)), tooMany: check.tooMany(count(reading.at)) };
      setFault(said[reading.fault]);
      return;
    }
    const about = { name: file.name, records: reading.records };
    setChecked(about);
    setBusy(true);
    try {
      const answer = await answered(
        client.POST('/v1/check', { body: reading.body as never, bodySerializer: (text) => text as string, headers: { 'Content-Type': 'application/x-ndjson' } }),
      );
      setChecked({ ...about, answer });
    } catch (error) {
      setChecked({ ...about, problem: error instanceof Problem ? error : Problem.unreachable() });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title={check.title} lead={check.lead}>
      {!checked && (
        <Upload.Dragger
          height={200}
          accept=".ndjson,.jsonl,.json,.csv,.txt"
          showUploadList={false}
          beforeUpload={(file) => {
            void take(file);
            return false;
          }}
        >
          <p className="ant-upload-drag-icon">
            <InboxOutlined />
          </p>
          <p className="ant-upload-text">{check.choose}</p>
          <p className="ant-upload-hint">{check.rule}</p>
        </Upload.Dragger>
      )}
      {fault && <Alert className="refusal" type="error" showIcon title={fault} />}
      {checked && (
        <Section title={`${checked.name} · ${check.counts(count(checked.records))}`} extra={!busy && <Button onClick={() => setChecked(undefined)}>{check.again}</Button>}>
          {busy && <Progress percent={100} status="active" showInfo={false} aria-label={check.running} />}
          {busy && <p className="weak">{check.running}</p>}
          <Refused problem={checked.problem} />
          {checked.answer && <Found answer={checked.answer} />}
        </Section>
      )}
    </Page>
  );
}

function Found({ answer }: { answer: Answer }) {
  const { check, refused, receipts } = usePortal();
  const { language } = usePreferences();
  const mend = useMend();
  const [bad, findings] = [answer.refused ?? [], answer.findings ?? []];
  return (
    <>
      <Facts
        facts={[
          [check.fresh, count(answer.accepted)],
          [check.duplicate, count(answer.duplicate)],
          [check.refused, count(bad.length)],
          [check.findings, count(findings.length)],
          ...(answer.as_of ? [['', check.asOf(minute(answer.as_of))] as [string, string]] : []),
        ]}
      />
      {bad.length === 0 && findings.length === 0 && <Alert className="refusal" type="success" showIcon title={check.none} />}
      {bad.length > 0 && (
        <Section title={check.refused}>
          <Table<Refusal>
            aria-label={check.refused}
            size="small"
            pagination={bad.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
            scroll={{ x: 'max-content' }}
            dataSource={bad}
            rowKey="index"
            columns={[
              column(receipts.place, (r) => count(r.index + 1), { align: 'right' }),
              column(refused.columns.record, (r) => <span className="code">{r.record_id}</span>),
              column(refused.columns.code, (r) => mend(r.code).what),
              column(refused.columns.field, (r) => <span className="code">{r.field}</span>),
              column(refused.columns.mend, (r) => <Mend code={r.code} said={r.message} />),
            ]}
          />
        </Section>
      )}
      <Section title={check.findings}>
        {findings.length === 0 ? (
          <Nothing title={check.noFindings} />
        ) : (
          <Table<Foreseen>
            aria-label={check.findings}
            size="small"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={findings}
            rowKey={(f) => `${f.rule}|${f.finding_id ?? ''}|${f.stay_id ?? ''}|${f.subject ?? ''}`}
            columns={[
              column(check.columns.rule, (f) => (
                <span className="row-title">
                  <SeverityTag severity={f.severity as 'violation'} />
                  <span className="code">{f.rule}</span> {f.name[language]}
                </span>
              )),
              column('', (f) => (f.change === 'opened' ? check.opened : check.revised)),
              column(check.columns.stay, (f) => <span className="code">{f.stay_id}</span>),
              moneyColumn(check.columns.amount, (f) => f.amount),
              column(check.columns.lines, (f) => f.lines?.length ?? 0, { align: 'right' }),
              column(check.columns.why, (f) => f.message[language], { className: 'mend' }),
            ]}
          />
        )}
      </Section>
    </>
  );
}
