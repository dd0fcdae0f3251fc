import { useQuery } from '@tanstack/react-query';
import { Drawer, Tag, Timeline } from 'antd';
import { usePerson } from '../api/people';
import { minute } from '../format';
import { Loaded } from '../shell/Loaded';
import { useTexts, wordOf } from '../text';
import { historyQuery } from './read';
import { useRegisters, useTables } from './texts';
import { cellOf, changesOf, type Table } from './values';

// RowHistory shows the versions of one row: who changed what, and when.
export function RowHistory({ table, name, close }: { table: Table; name: string; close: () => void }) {
  const { tables: texts } = useRegisters();
  const { units } = useTexts();
  const { columns, words } = useTables();
  const person = usePerson();
  return (
    <Drawer open title={`${texts.history} ${name.split('|').join(' ')}`} onClose={close} size={480}>
      <Loaded query={useQuery(historyQuery(table.table, name))} rows={4}>
        {({ items }) => {
          const versions = items.toSorted((a, b) => a.version - b.version);
          return (
            <Timeline
              items={versions
                .map((version, at) => ({
                  key: version.version,
                  color: version.void ? 'red' : 'blue',
                  content: (
                    <>
                      <div>
                        <span className="figures weak">{minute(version.at)}</span> {person(version.by)} {version.void && <Tag color="red">{texts.void}</Tag>}
                      </div>
                      {changesOf(table, versions[at - 1]?.row, version.row ?? {}).map((column) => (
                        <div key={column.name}>
                          <span className="weak">{wordOf(columns, column.name)}</span>{' '}
                          {at > 0 && <del className="weak">{cellOf(column, versions[at - 1]?.row?.[column.name], words) || units.none}</del>}{' '}
                          {cellOf(column, version.row?.[column.name], words) || units.none}
                        </div>
                      ))}
                    </>
                  ),
                }))
                .reverse()}
            />
          );
        }}
      </Loaded>
    </Drawer>
  );
}
