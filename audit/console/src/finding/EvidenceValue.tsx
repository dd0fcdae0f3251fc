import { grouped } from '../format';
import { useTexts } from '../text';

// Rules write local times, as clocks in Shanghai show them, without an offset.
const moment = /(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):(\d{2})\.\d{3}/g;
const number = /^-?\d+(\.\d+)?$/;

// EvidenceValue writes what a rule gives as text the way people read it.
export function EvidenceValue({ value }: { value: string }) {
  const { units } = useTexts();
  if (value === 'true' || value === 'false') return <>{value === 'true' ? units.yes : units.no}</>;
  if (number.test(value)) return <span className="figures">{grouped(value)}</span>;
  const readable = value
    .replace(moment, (_, day: string, minute: string, second: string) => `${day} ${minute}${second === '00' ? '' : ':' + second}`)
    .split(/;\s*|\n/)
    .map((part) => {
      const [a, b, ...more] = part.split(' to ');
      return b !== undefined && more.length === 0 ? units.until(a!, b) : part;
    });
  return (
    <>
      {readable.map((part, i) => (
        <span key={i} className="figures part">
          {part}
        </span>
      ))}
    </>
  );
}
