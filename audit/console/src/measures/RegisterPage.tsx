import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { Failure } from '../shell/Failure';
import { Nothing } from '../shell/Nothing';
import { Page } from '../shell/Page';
import { Waiting } from '../shell/Waiting';
import { useTexts, wordOf } from '../text';
import { CommitButton } from './CommitButton';
import { useMatterFilters } from './MatterFilterBar';
import { MatterTable } from './MatterTable';
import { registersQuery, useRegister, type Register } from './matters';
import { OpenButton } from './OpenButton';
import { useMeasures, useWords } from './texts';
import { kindOf } from './words';

// RegisterPage is one register: its entries.
export function RegisterPage() {
  const { plural = '' } = useParams();
  const { answers } = useTexts();
  const query = useQuery(registersQuery);
  const register = useRegister(plural);
  if (register) return <Entries key={plural} plural={plural} register={register} />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return query.data ? <Nothing title={answers.notFound} /> : <Waiting rows={10} />;
}

function Entries({ plural, register }: { plural: string; register: Register }) {
  const words = useWords();
  const { register: say } = useMeasures();
  const [filters, bar] = useMatterFilters(register);
  return (
    <Page
      title={kindOf(words, register.kind)}
      lead={
        <>
          <Link to="/registers">{say.title}</Link> / {wordOf(words.purposes, register.kind)}
        </>
      }
      actions={register.kind === 'inspection' ? <CommitButton /> : <OpenButton plural={plural} register={register} />}
      filters={bar}
    >
      <MatterTable plural={plural} register={register} filters={filters} />
    </Page>
  );
}
