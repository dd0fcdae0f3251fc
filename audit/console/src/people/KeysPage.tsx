import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { usePerson } from '../api/people';
import { useInstitutionName } from '../api/reference';
import { has, useIdentity } from '../api/session';
import { FilterSearch } from '../shell/FilterSearch';
import { Loaded } from '../shell/Loaded';
import { Nothing } from '../shell/Nothing';
import { Page } from '../shell/Page';
import { useFilters } from '../shell/useFilters';
import { useTexts } from '../text';
import { KeyForm } from './KeyForm';
import { found, type Key, type NewKey } from './keys';
import { keysQuery } from './keysQuery';
import { KeyTable } from './KeyTable';
import { ShownOnce } from './ShownOnce';
import { usePeople } from './texts';

// KeysPage lists the keys of programs: all for administrators of the province, those of
// its own for an institution.
export function KeysPage() {
  const { keys: texts } = usePeople();
  const { menu } = useTexts();
  const me = useIdentity();
  const query = useQuery(keysQuery);
  const nameOf = useInstitutionName();
  const person = usePerson();
  const [{ state, q }, set] = useFilters('state', 'q');
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<NewKey>();
  const keeps = has(me, 'administrator') && !me.city;
  const named = (key: Key) => (key.account ? person(key.account) : key.institution_id ? nameOf(key.institution_id) : '');
  return (
    <Page
      title={texts.title}
      lead={
        keeps ? (
          texts.lead
        ) : (
          <>
            {texts.hospitalLead} <Link to="/me">{menu.me}</Link>
          </>
        )
      }
      actions={
        keeps && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {texts.add}
          </Button>
        )
      }
      filters={
        <>
          <Segmented
            value={state ?? 'good'}
            options={[
              { value: 'good', label: texts.states.good },
              { value: 'all', label: texts.all },
            ]}
            onChange={(chosen) => set({ state: chosen === 'all' ? 'all' : undefined })}
          />
          <FilterSearch label={texts.search} value={q} onSearch={(text) => set({ q: text })} />
        </>
      }
    >
      <Loaded query={query}>
        {(all) => {
          const rows = found(all.filter((key) => state === 'all' || key.state === 'good'), q ?? '', named);
          return rows.length === 0 ? <Nothing title={texts.none} /> : <KeyTable keys={rows} />;
        }}
      </Loaded>
      {adding && (
        <KeyForm
          close={() => setAdding(false)}
          made={(key) => {
            setAdding(false);
            setMade(key);
          }}
        />
      )}
      {made?.key && <ShownOnce title={texts.shown} text={texts.shownText} value={made.key} close={() => setMade(undefined)} />}
    </Page>
  );
}
