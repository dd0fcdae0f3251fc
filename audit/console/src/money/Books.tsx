import { Collapse } from 'antd';
import { answered, client, type Schemas } from '../api/client';
import { minute } from '../format';
import { column, Listing, moneyColumn } from '../shell/Listing';
import { wordOf } from '../text';
import { useMoney } from './texts';

// Books are the postings of a month or year, in double entry.
export function Books({ institution, of }: { institution: string; of: string }) {
  const { books: say } = useMoney();
  return (
    <Collapse
      ghost
      className="books"
      items={[
        {
          key: 'books',
          label: say.title,
          children: (
            <Listing<Schemas['PostingView']>
              name={['month', 'postings', institution, of]}
              read={(cursor, signal) =>
                answered(client.GET('/v1/postings', { params: { query: { institution_id: institution, month: of, cursor, limit: '100' } }, signal }))
              }
              rowKey={(row) => `${row.entry}|${row.account}|${row.for}`}
              label={say.title}
              empty={say.none}
              columns={[
                column(say.at, (row) => <span className="figures">{minute(row.at)}</span>),
                column(say.entry, (row) => <span className="figures">{row.entry}</span>, { align: 'right' }),
                column(say.account, (row) => wordOf(say.accounts, row.account)),
                column(say.for, (row) => <span className="figures">{row.for}</span>),
                moneyColumn(say.amount, (row) => row.amount),
              ]}
            />
          ),
        },
      ]}
    />
  );
}
