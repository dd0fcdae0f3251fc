import { Checkbox, DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useInstitutionName } from '../api/reference';
import { InstitutionSelect } from '../shell/InstitutionSelect';
import { useTexts } from '../text';
import type { RegisterField } from './matters';
import { useWords } from './texts';
import { valueWord } from './words';

// Texts of a few words.
const short = new Set(['name', 'name_masked']);

interface Props {
  id: string;
  field: RegisterField;
  value: string;
  onChange: (value: string) => void;
}

// FieldInput takes a field in the spelling of the API, by what it is.
export function FieldInput({ id, field, value, onChange }: Props) {
  const { units } = useTexts();
  const words = useWords();
  const nameOf = useInstitutionName();
  const options = field.words?.map((word) => ({ value: word, label: valueWord(words, word) }));
  if (field.name === 'to_institution_id') return <InstitutionSelect id={id} value={value} onChange={(chosen) => onChange(chosen ?? '')} />;
  switch (field.type) {
    case 'day':
      return <DatePicker id={id} value={value ? dayjs(value) : null} onChange={(date: dayjs.Dayjs | null) => onChange(date?.format('YYYY-MM-DD') ?? '')} />;
    case 'bool':
      return (
        <Checkbox id={id} checked={value === 'true'} onChange={(event) => onChange(event.target.checked ? 'true' : '')}>
          {units.yes}
        </Checkbox>
      );
    case 'word':
      return <Select id={id} allowClear value={value || null} options={options ?? []} onChange={(word: string | null) => onChange(word ?? '')} />;
    case 'list':
      return (
        <Select
          id={id}
          mode={options ? 'multiple' : 'tags'}
          tokenSeparators={[';', ',', ' ', '，', '；']}
          value={value ? value.split(';') : []}
          labelRender={({ value: word, label }) => (options ? label : nameOf(String(word)))}
          onChange={(all: string[]) => onChange(all.join(';'))}
          {...(options ? { options } : { open: false, suffixIcon: null })}
        />
      );
    case 'int':
      return <InputNumber id={id} value={value ? Number(value) : null} precision={0} min={0} onChange={(n) => onChange(n === null ? '' : String(n))} />;
    case 'free':
      if (short.has(field.name)) return <Input id={id} value={value} maxLength={256} onChange={(event) => onChange(event.target.value)} />;
      return <Input.TextArea id={id} rows={3} maxLength={4000} value={value} onChange={(event) => onChange(event.target.value)} />;
    default:
      return <Input id={id} value={value} maxLength={256} onChange={(event) => onChange(event.target.value.trim())} />;
  }
}
