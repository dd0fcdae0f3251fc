import { areaTexts } from '../text/area';
import { watch as en } from '../text/en.watch';
import { watch as zh } from '../text/zh.watch';

export const useWatch = areaTexts({ zh, en });
