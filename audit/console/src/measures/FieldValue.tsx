import { Typography } from 'antd';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useInstitutionName } from '../api/reference';
import { Money } from '../shell/Money';
import { useTexts } from '../text';
import { matterPath, type RegisterField } from './matters';
import { useWords } from './texts';
import { valueWord } from './words';

// Where the id in a field leads.
const places: Record<string, (id: string) => string> = {
  finding_id: (id) => `/findings/${id}`,
  findings: (id) => `/findings/${id}`,
  sanction_id: (id) => matterPath('sanctions', id),
  clue_id: (id) => matterPath('clues', id),
  clues: (id) => matterPath('clues', id),
  dispute_id: (id) => matterPath('disputes', id),
  inspection_id: (id) => matterPath('inspections', id),
  application_id: (id) => matterPath('applications', id),
  renewal_id: (id) => matterPath('renewals', id),
  handover_id: (id) => matterPath('handovers', id),
};

const houses = new Set(['conflicts', 'institutions', 'to_institution_id']);

// FieldValue shows what a field says, by what it is.
export function FieldValue({ field, value }: { field: RegisterField | undefined; value: string }) {
  const { units } = useTexts();
  const words = useWords();
  const nameOf = useInstitutionName();
  const single = (text: string): ReactNode => {
    const place = field && places[field.name];
    if (place) {
      return (
        <Link className="code" to={place(text)}>
          {text}
        </Link>
      );
    }
    return field && houses.has(field.name) ? nameOf(text) : valueWord(words, text);
  };
  switch (field?.type) {
    case 'amount':
      return <Money amount={value} />;
    case 'bool':
      return value === 'true' ? units.yes : units.no;
    case 'hash':
      return (
        <Typography.Text className="code" copyable={{ text: value }}>
          {value.slice(0, 16)}…
        </Typography.Text>
      );
    case 'list':
      return value.split(';').map((text, i) => (
        <Fragment key={text}>
          {i > 0 && units.and}
          {single(text)}
        </Fragment>
      ));
    case 'word':
    case 'id':
      return single(value);
    case 'free':
      return <span className="said">{value}</span>;
    default:
      return <span className="figures">{value}</span>;
  }
}
