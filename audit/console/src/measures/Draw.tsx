import { useQuery } from '@tanstack/react-query';
import { Table, Typography } from 'antd';
import { answered, client, type Schemas } from '../api/client';
import { useInstitutionName } from '../api/reference';
import { column } from '../shell/Listing';
import { Loaded } from '../shell/Loaded';
import { Facts, Section } from '../shell/Page';
import { PaperButton } from '../shell/PaperButton';
import { useMeasures } from './texts';

// Draw is a double-random draw with everything that is needed to make it again.
export function Draw({ id }: { id: string }) {
  const { draw } = useMeasures();
  const nameOf = useInstitutionName();
  const query = useQuery({
    queryKey: ['draw', id],
    queryFn: ({ signal }) => answered(client.GET('/v1/inspections/{id}/draw', { params: { path: { id } }, signal })),
  });
  return (
    <Section
      title={draw.title}
      extra={
        <PaperButton size="small" path={`/v1/inspections/${id}/draw`} name={`draw-${id}.json`}>
          {draw.save}
        </PaperButton>
      }
    >
      <Loaded query={query} rows={4}>
        {(made) => (
          <>
            <Facts
              facts={[
                [
                  draw.commitment,
                  <Typography.Text key="c" className="code" copyable={{ text: made.commitment }}>
                    {made.commitment.slice(0, 24)}…
                  </Typography.Text>,
                ],
                [draw.seed, made.seed],
                [draw.list, String(made.input.institutions?.length ?? 0)],
              ]}
            />
            <Table<Schemas['Visit']>
              size="small"
              aria-label={draw.title}
              pagination={false}
              dataSource={made.visits ?? []}
              rowKey={(visit) => visit.institution_id}
              columns={[
                column(draw.institution, (visit) => nameOf(visit.institution_id)),
                column(draw.inspectors, (visit) => (visit.inspectors ?? []).join(', '), { className: 'code' }),
              ]}
            />
            <p className="hint">{draw.check}</p>
          </>
        )}
      </Loaded>
    </Section>
  );
}
