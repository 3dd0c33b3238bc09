Morula.Tensors.TorchLibrary.EnsureLoaded();
return 0;
