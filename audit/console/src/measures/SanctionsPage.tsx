import { Tabs } from 'antd';
import { Page } from '../shell/Page';
import { Waiting } from '../shell/Waiting';
import { useFilters } from '../shell/useFilters';
import { useMatterFilters } from './MatterFilterBar';
import { MatterTable } from './MatterTable';
import { useRegister, type Register } from './matters';
import { OpenButton } from './OpenButton';
import { Recommendations } from './Recommendations';
import { useMeasures } from './texts';

// SanctionsPage lists measures, and what the data would support.
export function SanctionsPage() {
  const register = useRegister('sanctions');
  return register ? <Sanctions register={register} /> : <Waiting rows={10} />;
}

function Sanctions({ register }: { register: Register }) {
  const { sanctions } = useMeasures();
  const [{ view = 'measures' }, set] = useFilters('view');
  const [filters, bar] = useMatterFilters(register);
  return (
    <Page title={sanctions.title} lead={sanctions.lead} actions={<OpenButton plural="sanctions" register={register} />}>
      <Tabs
        activeKey={view}
        onChange={(key) => set({ view: key === 'measures' ? undefined : key })}
        items={[
          {
            key: 'measures',
            label: sanctions.measures,
            children: (
              <>
                <div className="page-filters no-print">{bar}</div>
                <MatterTable plural="sanctions" register={register} filters={filters} />
              </>
            ),
          },
          { key: 'recommended', label: sanctions.recommended, children: <Recommendations /> },
        ]}
      />
    </Page>
  );
}
