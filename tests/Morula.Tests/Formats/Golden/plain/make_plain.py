"""Writes the files beside it by the formats' specifications, with struct, zlib and gzip; .npy by numpy itself; reference.tif by tifffile."""
import numpy as np, struct, zlib, gzip, tifffile
a=np.zeros((4,9,13),np.int64); n=0
for z in range(0,4,2):
    for y in range(0,9,3):
        for x in range(0,13,4): n+=1; a[z:z+2,y:y+3,x:x+4]=n
a[0,0,:]=0; a[:,8,12]=0
tifffile.imwrite('reference.tif',a.astype('u2'),imagej=True,metadata={'axes':'ZYX'})
def mha(name,dt,t,msb,comp,ext=None):
    raw=a.astype(dt).tobytes(); raw=zlib.compress(raw) if comp else raw
    h=f"ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = {msb}\nCompressedData = {comp}\nCompressedDataSize = {len(raw)}\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nDimSize = 13 9 4\nElementSpacing = 0.2 0.2 1\nElementType = {t}\nElementDataFile = {ext or 'LOCAL'}\n".encode()
    if ext: open(ext,'wb').write(raw); open(name,'wb').write(h)
    else: open(name,'wb').write(h+raw)
mha('m1.mha','>u2','MET_USHORT',True,False); mha('m2.mha','<i4','MET_INT',False,True); mha('m3.mhd','u1','MET_UCHAR',False,False,'m3.raw'); mha('m4.mhd','<u4','MET_UINT',False,True,'m4.zraw')
def inr(name,dt,ty,bits,cpu):
    h=f"#INRIMAGE-4#{{\nXDIM=13\nYDIM=9\nZDIM=4\nVDIM=1\nTYPE={ty}\nPIXSIZE={bits} bits\nCPU={cpu}\nVX=0.2\nVY=0.2\nVZ=1\n"
    h=(h+'\n'*(256-4-len(h))+'##}\n').encode(); d=h+a.astype(dt).tobytes()
    (gzip.open if name.endswith('gz') else open)(name,'wb').write(d)
inr('i1.inr','>u2','unsigned fixed',16,'sun'); inr('i2.inr.gz','<u2','unsigned fixed',16,'decm'); inr('i3.inr','i1','signed fixed',8,'pc')
def nii(name,e,dt,code,bits):
    h=bytearray(352); struct.pack_into(e+'i',h,0,348); struct.pack_into(e+'8h',h,40,3,13,9,4,1,1,1,1); struct.pack_into(e+'hh',h,70,code,bits)
    struct.pack_into(e+'8f',h,76,1,.0002,.0002,.001,0,0,0,0); struct.pack_into(e+'f',h,108,352); struct.pack_into(e+'f',h,112,0); h[123]=2|8; h[344:348]=b'n+1\0'
    d=bytes(h)+a.astype(e+dt).tobytes(); (gzip.open if name.endswith('gz') else open)(name,'wb').write(d)
nii('n1.nii','<','i2',4,16); nii('n2.nii.gz','>','u2',512,16); nii('n3.nii','>','i8',1024,64); nii('n4.nii.gz','<','i4',8,32)
np.save('p1.npy',a); np.save('p2.npy',np.asfortranarray(a.astype('u2'))); np.save('p3.npy',a.astype('>i4'))
np.lib.format.write_array(open('p4.npy','wb'),np.asfortranarray(a.astype('>u2')),version=(2,0)); np.lib.format.write_array(open('p5.npy','wb'),a.astype('u1'),version=(3,0))
