import { PaperButton } from '../shell/PaperButton';

interface Props {
  path: string; // with its query, without a format
  name: string; // of the file, without its ending
  formats?: ('pdf' | 'xlsx' | 'csv' | 'json')[];
}

// PaperButtons save a paper in each of its forms.
export function PaperButtons({ path, name, formats = ['pdf', 'xlsx', 'csv', 'json'] }: Props) {
  return formats.map((format) => (
    <PaperButton key={format} path={`${path}${path.includes('?') ? '&' : '?'}format=${format}`} name={`${name}.${format}`}>
      {format.toUpperCase()}
    </PaperButton>
  ));
}
