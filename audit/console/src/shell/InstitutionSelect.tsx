import { useQuery } from '@tanstack/react-query';
import { institutionsQuery } from '../api/reference';
import { useTexts } from '../text';
import { FilterSelect, type Choosing } from './FilterSelect';

// InstitutionSelect chooses an institution by name or number.
export function InstitutionSelect(choosing: Choosing<string>) {
  const { queue } = useTexts();
  const names = useQuery(institutionsQuery).data;
  return <FilterSelect {...choosing} many label={queue.institution} options={[...(names ?? [])].map(([value, name]) => ({ value, label: `${name} ${value}` }))} />;
}
