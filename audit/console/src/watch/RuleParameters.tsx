import { PlusOutlined } from '@ant-design/icons';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { usePerson } from '../api/people';
import type { RuleDetail } from '../api/reference';
import { has, useIdentity } from '../api/session';
import { minute } from '../format';
import { usePreferences } from '../preferences';
import { column, number } from '../shell/Listing';
import { Section } from '../shell/Page';
import { useTexts, wordOf } from '../text';
import { PublishForm } from './PublishForm';
import { useWatch } from './texts';
import { WithdrawParameters } from './WithdrawParameters';

type Parameter = RuleDetail['parameters'][number];
export type Publication = RuleDetail['published'][number];

// RuleParameters shows what a rule counts with: its defaults, what was published for
// which days and places, and who published it.
export function RuleParameters({ rule }: { rule: RuleDetail }) {
  const { parameters: texts } = useWatch();
  const { units } = useTexts();
  const { language } = usePreferences();
  const person = usePerson();
  const identity = useIdentity();
  const [publishing, setPublishing] = useState(false);
  const [leaving, setLeaving] = useState<Publication>();
  if (rule.parameters.length === 0) return <p className="weak">{texts.none}</p>;
  // Publishing is for directors and administrators of the province.
  const may = has(identity, 'director', 'administrator') && !identity.city && rule.state !== 'retired';
  const withUnit = (p: Parameter, value: string | undefined) => (value === undefined ? '' : `${value} ${wordOf(texts.unitsOf, p.unit ?? '')}`);
  const inForce = (p: Parameter) => rule.published.filter((v) => v.name === p.name && v.in_force).toReversed();
  return (
    <>
      <Section
        title={texts.title}
        extra={
          may && (
            <Button size="small" type="primary" icon={<PlusOutlined />} onClick={() => setPublishing(true)}>
              {texts.publish}
            </Button>
          )
        }
      >
        <Table<Parameter>
          aria-label={texts.title}
          size="small"
          pagination={false}
          dataSource={rule.parameters}
          rowKey={(p) => p.name}
          columns={[
            column(texts.columns.name, (p) => <span className="code">{p.name}</span>),
            column(texts.columns.about, (p) => p.about[language]),
            column(texts.columns.inForce, (p) => inForce(p).map((v) => <div key={v.id}>{`${withUnit(p, v.value)} ${v.city ? `(${v.city})` : ''}`}</div>), number),
            column(texts.columns.default, (p) => (p.of ? texts.follows(p.of) : withUnit(p, p.default)), number),
            column(texts.columns.range, (p) => (p.min === undefined ? '' : units.until(p.min, p.max ?? '')), number),
          ]}
        />
      </Section>
      <Section title={texts.published}>
        <Table<Publication>
          aria-label={texts.published}
          size="small"
          pagination={false}
          dataSource={rule.published.toReversed()}
          rowKey={(v) => `${v.id}|${v.name}`}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: texts.nonePublished }}
          columns={[
            column(texts.columns.state, (v) => (
              <Tag color={v.withdrawn_at ? 'default' : v.in_force ? 'green' : 'gold'}>{v.withdrawn_at ? texts.withdrawn : v.in_force ? texts.now : texts.notNow}</Tag>
            )),
            column(texts.columns.name, (v) => <span className="code">{v.name}</span>),
            column(texts.columns.value, (v) => v.value, number),
            column(texts.columns.city, (v) => v.city || texts.province),
            column(texts.columns.days, (v) => <span className="figures">{units.until(v.from, v.until ?? texts.open)}</span>),
            column(texts.columns.reason, (v) => <span className="words wide">{v.reason}</span>),
            column(texts.columns.by, (v) => `${person(v.by)} ${minute(v.at)}`),
            column(texts.columns.withdrawal, (v) => (v.withdrawn_at ? `${v.withdrawal} / ${person(v.withdrawn_by ?? '')} ${minute(v.withdrawn_at)}` : '')),
            column('', (v) =>
              may && !v.withdrawn_at ? (
                <Button size="small" danger onClick={() => setLeaving(v)}>
                  {texts.withdraw}
                </Button>
              ) : null,
            ),
          ]}
        />
      </Section>
      {publishing && <PublishForm rule={rule} close={() => setPublishing(false)} />}
      {leaving && <WithdrawParameters code={rule.code} publication={leaving} close={() => setLeaving(undefined)} />}
    </>
  );
}
