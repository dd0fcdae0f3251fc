import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Progress } from 'antd';
import { statusQuery } from '../api/reference';
import { count, localTime } from '../format';
import { Loaded } from '../shell/Loaded';
import { Facts, Page, Section } from '../shell/Page';
import { useTexts } from '../text';
import { useRegisters } from './texts';

// StatusPage says how far the server has come: how fresh what is shown is, and what it
// still has to do.
export function StatusPage() {
  const { status: texts } = useRegisters();
  const { units } = useTexts();
  const query = useQuery({ ...statusQuery, staleTime: 0 });
  return (
    <Page title={texts.title} lead={texts.lead} actions={<Button loading={query.isFetching} onClick={() => void query.refetch()}>{texts.again}</Button>}>
      <Loaded query={query}>
        {(status) => (
          <>
            <Alert className="notice-line" type={status.idle ? 'success' : 'info'} showIcon title={status.idle ? texts.idle : texts.busy} />
            <Section title={texts.freshness}>
              <Facts
                facts={[
                  [texts.asOf, status.as_of ? localTime(status.as_of) : units.none],
                  [texts.clock, status.clock === 'wall' ? texts.wall : texts.event],
                  [texts.dueNext, status.due_next ? localTime(status.due_next) : units.none],
                ]}
              />
            </Section>
            <Section title={texts.behind}>
              <Facts
                facts={[
                  [texts.stored, count(status.records.stored)],
                  [texts.toStore, count(status.records.behind)],
                  [texts.toEvaluate, count(status.touched.behind)],
                ]}
              />
            </Section>
            <Section title={texts.background}>
              {status.background.length === 0 ? (
                <p className="weak">
                  {texts.noBackground} {texts.backgroundHint}
                </p>
              ) : (
                <ul className="plain">
                  {status.background.map((work) => (
                    <li key={work.what}>
                      <div>
                        {work.what} <span className="weak figures">{texts.of(count(work.done), count(work.of))}</span>
                      </div>
                      <Progress percent={work.of ? Math.floor((100 * work.done) / work.of) : 0} size="small" aria-label={work.what} />
                    </li>
                  ))}
                </ul>
              )}
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
