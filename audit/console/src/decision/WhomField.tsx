import { useQuery } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { colleaguesQuery } from '../api/people';
import type { Role } from '../api/session';
import { deciders } from '../roles';
import { useTexts } from '../text';

// WhomField is whom a finding goes to: a colleague who decides, or an expert by name.
export function WhomField({ value, onChange }: { value: string; onChange: (to: string) => void }) {
  const { decide, roles } = useTexts();
  const people = useQuery(colleaguesQuery).data;
  const able = [...(people?.values() ?? [])].filter((p) => p.active && p.roles.some((role) => deciders.includes(role as Role)));
  return (
    <AutoComplete
      autoFocus
      className="whom"
      value={value}
      placeholder={decide.toHint}
      aria-label={decide.to}
      maxLength={256}
      onChange={onChange}
      showSearch={{ filterOption: (typed, option) => String(option?.label).includes(typed) }}
      options={able.map((p) => ({ value: p.key_id, label: `${p.name} ${p.roles.map((role) => roles[role as Role]).join(' ')}` }))}
    />
  );
}
