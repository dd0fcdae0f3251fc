import { useQuery } from '@tanstack/react-query';
import type { SelectProps } from 'antd';
import { rulesQuery } from '../api/reference';
import { usePreferences } from '../preferences';
import { useTexts } from '../text';
import { FilterSelect, type Choosing } from './FilterSelect';

// RuleSelect chooses a rule by name or code.
export function RuleSelect(choosing: Choosing<string> & Pick<SelectProps<string>, 'optionRender'>) {
  const { queue } = useTexts();
  const { language } = usePreferences();
  const library = useQuery(rulesQuery).data;
  return <FilterSelect {...choosing} many label={queue.rule} options={[...(library?.values() ?? [])].map(({ code, name }) => ({ value: code, label: `${code} ${name[language]}` }))} />;
}
